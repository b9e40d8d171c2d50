from asyncio import Queue, gather, sleep

queue = Queue()
for item in items:
    queue.put_nowait(item)


async def handle(item):
    if not item["exists"] or not item["open"] or not item["funded"]:
        return
    await sleep(item["sleep"])


async def worker():
    while not queue.empty():
        item = queue.get_nowait()
        await handle(item)


async def main():
    # There are as many workers as may run at once, so nobody needs a permit.
    await gather(*(worker() for _ in range(max_concurrent)))
