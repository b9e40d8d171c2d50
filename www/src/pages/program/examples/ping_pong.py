from asyncio import gather, sleep


async def player(name):
    for _ in range(3):
        # No time passes, but the other one has its turn.
        await sleep(0)
    return name


async def main():
    return await gather(player("ping"), player("pong"))
