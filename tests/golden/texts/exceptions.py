# What is raised, where it is caught, and on which line functions return.
import asyncio

lock = asyncio.Lock()
sem = asyncio.Semaphore(1)


async def risky(n):
    """Docstrings are nothing that runs."""
    async with lock:
        await asyncio.sleep(0.001 * n)
        if n % 2:
            raise ValueError(f"odd: {n}")
        if n == 4:
            raise KeyError("four")
    return n


async def caught(n):
    try:
        value = await risky(n)
    except ValueError as error:
        return f"value error {error}"
    except (KeyError, IndexError) as error:
        await asyncio.sleep(0.002)
        return f"{error!r}, {error}"
    else:
        await asyncio.sleep(0)
    finally:
        async with sem:
            await asyncio.sleep(0.003)
    return value


async def through():
    async with sem:
        try:
            async with lock:
                for attempt in range(3):
                    try:
                        if attempt < 2:
                            raise RuntimeError
                        return f"attempt {attempt}"
                    except RuntimeError:
                        await asyncio.sleep(0.001)
        finally:
            await asyncio.sleep(0.001)


async def again():
    try:
        try:
            await risky(3)
        except ValueError:
            await asyncio.sleep(0.001)
            raise
    except Exception as error:
        return str(error)


async def arithmetic():
    answers = []
    for divisor in [2, 0, "x", 0.0]:
        try:
            answers.append(7 // divisor)
        except ZeroDivisionError as error:
            answers.append(f"zero: {error}")
        except TypeError as error:
            answers.append(f"type: {error}")
            continue
        answers.append(divisor)
    try:
        answers.append([1, 2][5])
    except LookupError as error:
        answers.append(repr(error))
    try:
        answers.append({"a": 1}["b"])
    except LookupError as error:
        answers.append(str(error))
    try:
        int("seven")
    except ValueError as error:
        answers.append(str(error))
    try:
        first, second = [1, 2, 3]
    except ValueError as error:
        answers.append(str(error))
    try:
        print(unbound)
    except NameError as error:
        answers.append(str(error))
    unbound = 1
    return answers


async def main():
    await asyncio.gather(*[caught(n) for n in range(6)], through(), again(), arithmetic())


asyncio.run(main())
