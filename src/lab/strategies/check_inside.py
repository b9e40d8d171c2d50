from asyncio import Semaphore, gather, sleep

sem = Semaphore(max_concurrent)


async def handle(item):
    async with sem:
        # An invalid item waits for a permit too, and gives it back without a sleep.
        if not item["exists"]:
            return "not found"
        if not item["open"]:
            return "closed"
        if not item["funded"]:
            return "no funds"
        await sleep(item["sleep"])
    return "ok"


async def main():
    return await gather(*(handle(item) for item in items))
