from asyncio import gather, sleep


async def handle(item):
    if not item["exists"]:
        return "not found"
    if not item["open"]:
        return "closed"
    if not item["funded"]:
        return "no funds"
    # No semaphore: however many there are, all of them sleep at the same time.
    await sleep(item["sleep"])
    return "ok"


async def main():
    return await gather(*(handle(item) for item in items))
