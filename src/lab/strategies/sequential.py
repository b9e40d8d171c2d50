from asyncio import gather, sleep


async def handle(item):
    if not item["exists"]:
        return "not found"
    if not item["open"]:
        return "closed"
    if not item["funded"]:
        return "no funds"
    await sleep(item["sleep"])
    return "ok"


async def one_by_one():
    answers = []
    for item in items:
        answers.append(await handle(item))  # the next one starts when this one is done
    return answers


async def main():
    return await gather(one_by_one())
