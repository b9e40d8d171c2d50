# Who is too late, what is given back then, and on which line functions return.
import asyncio
from asyncio import timeout as within

sem = asyncio.Semaphore(1)
lock = asyncio.Lock()
jobs = asyncio.Queue()

for n in range(7):
    jobs.put_nowait(n)


async def holder(seconds):
    async with sem:
        await asyncio.sleep(seconds)


async def patient(name, seconds):
    try:
        async with asyncio.timeout(seconds):
            async with sem:
                await asyncio.sleep(0.004)
                return f"{name} was in time"
    except TimeoutError:
        await asyncio.sleep(0.001)
    return f"{name} gave up"


async def ends_late():
    try:
        async with timeout(0.002):
            await asyncio.sleep(0.003)
    except TimeoutError as error:
        str(error)


async def ends_in_time():
    try:
        async with timeout(0.003):
            await asyncio.sleep(0.002)
    except TimeoutError:
        pass


async def ends_deeper():
    try:
        async with within(0.001), lock:
            await sleep(0.005)
    except OSError:
        try:
            async with within(0.002):
                await sleep(0.003)
        except Exception:
            answer = 1
            answer += 1


async def retry(costs):
    tries = 0
    for cost in costs:
        try:
            async with timeout(0.01):
                async with lock:
                    await sleep(cost)
            return ["done", tries]
        except TimeoutError:
            tries = tries + 1
            await sleep(0.001 * tries)
    return ["given up", tries]


async def loops(limit):
    for turn in range(3):
        try:
            async with timeout(limit):
                await sleep(0.001)
                break
        except TimeoutError:
            return f"turn {turn}"
    await sleep(0.001)
    return "left"


async def known_after():
    result = None
    try:
        async with timeout(0.05):
            await sleep(0.002)
            result = ["one"]
            result.append("two")
    except TimeoutError:
        return "late"
    else:
        result.append("three")
    await sleep(0.001)
    return result


async def in_any_case(seconds):
    try:
        async with timeout(seconds):
            await sleep(0.002)
    except TimeoutError:
        await sleep(0.001)
    finally:
        async with lock:
            await sleep(0.001)


async def nested(inner, outer):
    try:
        async with timeout(outer):
            await sleep(0.001)
            try:
                async with timeout(inner):
                    try:
                        await sleep(0.006)
                    finally:
                        left = 1
            except TimeoutError:
                await sleep(0.004)
            async with sem:
                await sleep(0.001)
    except TimeoutError:
        return "outer"
    return "through"


async def none(seconds):
    try:
        async with timeout(seconds):
            await asyncio.sleep(0)
            await asyncio.sleep(0)
    except TimeoutError:
        pass
    await sleep(0.001)


async def helped(seconds):
    await ends_late()
    await none(seconds)
    await ends_in_time()


async def worker():
    try:
        async with timeout(0.008):
            while not jobs.empty():
                n = jobs.get_nowait()
                if n == 5:
                    return "five"
                async with lock:
                    await sleep(0.003)
    except TimeoutError:
        return "no more time"


async def main():
    await asyncio.gather(
        holder(0.01),
        patient("first", 0.005),
        patient("second", 0.01),
        patient("third", 0.1),
        ends_late(),
        ends_in_time(),
        ends_deeper(),
        retry([0.02, 0.03, 0.001]),
        retry([0.02, 0.02]),
        loops(0.0005),
        loops(0.005),
        known_after(),
        in_any_case(0.001),
        in_any_case(0.003),
        nested(0.002, 0.1),
        nested(0.1, 0.004),
        nested(0.003, 0.006),
        nested(0.006, 0.007),
        none(0),
        none(-1),
        none(0.0005),
        helped(0),
        worker(),
        worker(),
    )


asyncio.run(main())
