# Workers that wait for ever, and one that waits in vain to put.
from asyncio import Queue, gather, sleep, timeout

jobs = Queue(1)
full = Queue(1)


async def worker():
    while True:
        job = await jobs.get()
        await sleep(job)


async def producer():
    for job in [0.002, 0.001, 0.004]:
        await jobs.put(job)
    await jobs.put(0)
    try:
        async with timeout(0.01):
            await jobs.put(0.02)
            await jobs.put(0.03)
            await jobs.put(0.04)
            await jobs.put(0.05)
    except TimeoutError:
        await full.put("one")
    await full.put("two")


async def main():
    await gather(worker(), worker(), producer())
