from asyncio import Semaphore, gather, sleep

sem = Semaphore(max_concurrent)


async def handle(item):
    # Every item takes a permit and sleeps; only then is it checked.
    async with sem:
        await sleep(item["sleep"])
    if not item["exists"]:
        return "not found"
    if not item["open"]:
        return "closed"
    if not item["funded"]:
        return "no funds"
    return "ok"


async def main():
    return await gather(*(handle(item) for item in items))
