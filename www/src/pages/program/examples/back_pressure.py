from asyncio import Queue, gather, sleep

queue = Queue(2)


async def producer():
    for n in range(1, 8):
        await sleep(0.002)
        await queue.put({"id": f"page {n}", "ms": 12})
    await queue.join()
    for _ in range(2):
        await queue.put(None)
    return "all done"


async def worker(name):
    while True:
        page = await queue.get()
        try:
            if page is None:
                return "sent home"
            await sleep(page["ms"] / 1000)
        finally:
            queue.task_done()


async def main():
    return await gather(producer(), worker("ann"), worker("ben"))
