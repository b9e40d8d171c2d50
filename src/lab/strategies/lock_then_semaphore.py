from asyncio import Lock, Semaphore, gather, sleep
from collections import defaultdict

sem = Semaphore(max_concurrent)
locks = defaultdict(Lock)


async def handle(item):
    if not item["exists"]:
        return "not found"
    if not item["open"]:
        return "closed"
    async with locks[item["key"]]:
        # Check and change belong together; nothing slow happens in here.
        if not item["funded"]:
            return "no funds"
    async with sem:
        await sleep(item["sleep"])
    return "ok"


async def main():
    return await gather(*(handle(item) for item in items))
