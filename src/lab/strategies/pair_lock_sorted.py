from asyncio import Lock, gather, sleep
from collections import defaultdict

locks = defaultdict(Lock)


async def transfer(item):
    if not item["exists"] or not item["open"]:
        return "rejected"
    # All take their two locks in the same order, so no circle of waiting can close.
    first, second = sorted([item["source"], item["target"]])
    async with locks[first]:
        await sleep(item["sleep"])
        async with locks[second]:
            if not item["funded"]:
                return "no funds"
            await sleep(item["sleep"])
    return "ok"


async def main():
    return await gather(*(transfer(item) for item in items))
