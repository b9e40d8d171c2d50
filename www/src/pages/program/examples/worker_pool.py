from asyncio import Queue, gather, sleep

queue = Queue()
for ms in [10, 40, 10, 10, 20, 10]:
    queue.put_nowait(ms)


async def worker(name):
    while not queue.empty():
        ms = queue.get_nowait()
        await sleep(ms / 1000)
    return f"{name}: no more work"


async def main():
    return await gather(worker("ann"), worker("ben"))
