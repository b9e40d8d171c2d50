# workload: mixed
# Workers of several kinds on several queues; what follows the loop, and what is done within.
import asyncio
from asyncio import Queue, Semaphore, gather, sleep

jobs = Queue()
small = Queue()
sem = Semaphore(2)

for item in items:
    jobs.put_nowait((item["id"], item))

for n in range(3):
    small.put_nowait(n)


async def work(item):
    async with sem:
        await sleep(item["sleep"])
    return item["id"]


async def worker():
    while not jobs.empty():
        name, item = jobs.get_nowait()
        if not item["exists"]:
            continue
        if item["fails"]:
            try:
                raise ConnectionError(name)
            except ConnectionError:
                await sleep(0.001)
                continue
        await work(item)
        if name == "11":
            return f"stopped at {name}"
    await sleep(0.005)
    return "nothing left"


async def helper():
    while not small.empty():
        n = await small.get()
        async with sem:
            await sleep(n / 1000)
        small.task_done()


async def both():
    await helper()
    await sleep(0.002)
    await helper()


async def main():
    return await gather(worker(), both(), worker(), both(), worker())
