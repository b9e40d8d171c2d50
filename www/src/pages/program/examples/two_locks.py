from asyncio import Lock, gather, sleep

rent = Lock()
savings = Lock()


async def move(name, source, target):
    async with source:
        await sleep(0.01)
        async with target:
            await sleep(0.01)
    return f"{name}: moved"


async def main():
    # Opposite orders. Swap one pair, and both get through.
    return await gather(
        move("ann", rent, savings),
        move("ben", savings, rent),
    )
