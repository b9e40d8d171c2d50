# Locks in every kind of container, several in one statement, statements over several lines.
import asyncio
from collections import defaultdict

forks = [asyncio.Lock() for _ in range(5)]
rooms = {"red": asyncio.Lock(), "blue": asyncio.Lock()}
locks = defaultdict(asyncio.Lock)


async def eat(seat, table):
    left, right = sorted([seat, (seat + 1) % len(forks)])
    async with forks[left], forks[right]:
        async with (
            table,
            rooms["red" if seat % 2 else "blue"],
        ):
            await asyncio.sleep(
                0.004,
            )
        async with locks[seat], locks["odd" if seat % 2 else "even"]: await asyncio.sleep(0.001)
    if seat > 3:
        async with table:
            return seat
    elif seat == 3:
        pass
    else:
        return (
            seat *
            10
        )


async def twice(seat, table):
    first = await eat(seat, table)
    second = await eat(seat, table=table)
    return [first, second, await count(3)]


async def count(n):
    if n == 0:
        return 0
    await asyncio.sleep(0)
    return 1 + await count(n - 1)


def label(n):
    return f"seat {n}"


async def dinner(chairs):
    table = asyncio.Semaphore(2)
    guests = [twice(seat, table) for seat in chairs]

    async def late(seat):
        await asyncio.sleep(0.002)
        async with table:
            await asyncio.sleep(0.001)
        return label(seat)

    return await asyncio.gather(*guests, late(9), *(late(seat) for seat in chairs if seat > 2))


async def main():
    answers = await dinner(range(5))
    print(answers)
    return answers


if __name__ == "__main__":
    asyncio.run(main())
