from asyncio import gather, sleep


async def task(number):
    await sleep(0.01)
    return number


async def main():
    return await gather(task(1), task(2))
