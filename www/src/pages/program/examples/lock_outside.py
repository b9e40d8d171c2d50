from asyncio import Lock, Semaphore, gather, sleep

sem = Semaphore(2)
ledger = Lock()


async def handle(item):
    # The lock is outside: it is kept through the sleep.
    async with ledger:
        async with sem:
            await sleep(0.01)
    return f"item {item} done"


async def main():
    items = range(6)
    return await gather(*(handle(item) for item in items))
