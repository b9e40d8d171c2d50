from asyncio import Semaphore, gather, sleep

sem = Semaphore(max_concurrent)


async def call(item):
    await sleep(item["sleep"])
    if item["fails"]:
        raise ConnectionError("no answer")


async def handle(item):
    if not (item["exists"] and item["open"] and item["funded"]):
        return "rejected"
    async with sem:
        try:
            await call(item)
            status = "completed"
        except ConnectionError as error:  # caught here, it is one answer; else it is gather's
            status = f"failed: {error}"
    return status


async def main():
    return await gather(*(handle(item) for item in items))
