from asyncio import Semaphore, gather, sleep, timeout

sem = Semaphore(1)


async def visit(name, patience):
    try:
        async with timeout(patience):
            async with sem:
                await sleep(0.01)
        return "got in"
    except TimeoutError:
        await sleep(0.002)
    return "gave up"


async def main():
    return await gather(
        visit("ann", 0.05),
        visit("ben", 0.015),
        visit("cat", 0.012),
        visit("dan", 0.05),
    )
