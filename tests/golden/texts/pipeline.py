# Tasks that put, workers that wait for it, and who joins whom.
import asyncio

first = asyncio.Queue(2)
second = asyncio.Queue(maxsize=1)
retried = asyncio.Queue()
crowd = asyncio.Queue(0)
untaken = asyncio.Queue(2)
sem = asyncio.Semaphore(1)

first.put_nowait({"id": "early", "ms": 2})
untaken.put_nowait("nobody wants this")
untaken.put_nowait("nor this")


async def producer(name, costs):
    for n, ms in enumerate(costs):
        await asyncio.sleep(0.001)
        await first.put({"id": f"{name}{n}", "ms": ms})
    return f"{name} has put all"


async def stage():
    while True:
        item = await first.get()
        try:
            if item["ms"] > 50:
                return item["id"]
            async with sem:
                await asyncio.sleep(item["ms"] / 1000)
            await second.put((item["id"], item["ms"] * 2))
        finally:
            first.task_done()


async def sink():
    try:
        async with asyncio.timeout(0.04):
            while True:
                name, ms = await second.get()
                await asyncio.sleep(ms / 1000)
    except TimeoutError:
        return "nothing came for too long"


async def closer():
    await first.join()
    await asyncio.sleep(0.001)
    await first.put({"id": "end", "ms": 100})
    await first.put({"id": "end too", "ms": 51})
    return "closed"


async def again():
    while True:
        tries = await retried.get()
        await asyncio.sleep(0.001)
        if tries:
            await retried.put(tries - 1)
        retried.task_done()
        if not tries:
            return "no tries left"


async def begin(tries):
    await retried.put(tries)
    await retried.join()
    return "joined"


async def one_of():
    pause = 0.003
    while True:
        n = await crowd.get()
        if n is None:
            return "sent home"
        await asyncio.sleep(pause * n)
        crowd.task_done()


async def feed():
    for n in [1, 2, 0, 3, 1]:
        await crowd.put(n)
    for worker in range(2):
        await crowd.put(None)


async def too_full():
    try:
        async with asyncio.timeout(0.005):
            await untaken.put("no room")
    except TimeoutError:
        return "gave up"


async def main():
    await asyncio.gather(
        producer("a", [3, 0, 5]),
        producer("b", [1, 4]),
        stage(),
        stage(),
        sink(),
        closer(),
        again(),
        begin(2),
        one_of(),
        one_of(),
        feed(),
        too_full(),
    )
