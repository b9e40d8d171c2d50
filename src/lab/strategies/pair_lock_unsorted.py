from asyncio import Lock, gather, sleep
from collections import defaultdict

locks = defaultdict(Lock)


async def transfer(item):
    if not item["exists"] or not item["open"]:
        return "rejected"
    # Two transfers in opposite directions each take one lock and wait for the other.
    async with locks[item["source"]]:
        await sleep(item["sleep"])
        async with locks[item["target"]]:
            if not item["funded"]:
                return "no funds"
            await sleep(item["sleep"])
    return "ok"


async def main():
    return await gather(*(transfer(item) for item in items))
