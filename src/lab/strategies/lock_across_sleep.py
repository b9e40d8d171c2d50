from asyncio import Lock, gather, sleep
from collections import defaultdict

locks = defaultdict(Lock)


async def handle(item):
    if not item["exists"]:
        return "not found"
    if not item["open"]:
        return "closed"
    async with locks[item["key"]]:
        if not item["funded"]:
            return "no funds"
        # Still in the lock: everybody with the same key waits for this sleep.
        await sleep(item["sleep"])
    return "ok"


async def main():
    return await gather(*(handle(item) for item in items))
