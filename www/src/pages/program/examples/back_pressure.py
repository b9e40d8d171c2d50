from asyncio import Queue, gather, sleep

pages = Queue(2)


async def producer():
    for n in range(1, 8):
        await sleep(0.002)
        await pages.put({"id": f"page {n}", "ms": 12})
    await pages.join()
    for _ in range(2):
        await pages.put(None)
    return "all done"


async def worker(name):
    while True:
        page = await pages.get()
        try:
            if page is None:
                return "sent home"
            await sleep(page["ms"] / 1000)
        finally:
            pages.task_done()


async def main():
    return await gather(producer(), worker("ann"), worker("ben"))
