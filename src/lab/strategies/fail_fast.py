from asyncio import Semaphore, gather, sleep

sem = Semaphore(max_concurrent)


async def handle(item):
    # An item that cannot succeed is told so at once: no permit, no sleep.
    if not item["exists"]:
        return "not found"
    if not item["open"]:
        return "closed"
    if not item["funded"]:
        return "no funds"
    async with sem:
        await sleep(item["sleep"])
    return "ok"


async def main():
    return await gather(*(handle(item) for item in items))
