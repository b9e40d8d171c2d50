from asyncio import Lock, Semaphore, gather, sleep

sem = Semaphore(2)
ledger = Lock()


async def handle(item):
    async with sem:
        await sleep(0.01)
        # The lock is inside, around nothing that waits.
        async with ledger:
            answer = f"item {item} done"
    return answer


async def main():
    items = range(6)
    return await gather(*(handle(item) for item in items))
