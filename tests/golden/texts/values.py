# Plain values: every task returns what Python makes of them.
import asyncio

text = "a 'quoted' \"text\"\n\ttab \\ 香港"
numbers = [3, 1.5, -2, True, 7]


async def strings(part):
    short = text[2:10]
    joined = "one " "two" + short * 2
    await asyncio.sleep(0)
    return [joined, text, f"{part!r} {part} {{}} {1 + 1} {[part]}",
            "tab" in text, "x" not in text, text[-1], len(text), text < "b", str(None), str(1e-5) + str(1e16), r"\n"]


async def arithmetic():
    return [7 / 2, 7 // 2, -7 // 2, 7 % -3, -7.5 // 2, -7.5 % 2, 5 % -3.0, 2 - 3 * 4 + 1, -(2 + 3), +True, 1e3, .5,
            1_000, 0.1 + 0.2, 3 * 1.0, True + True, 1 == 1.0, 1 < 2 <= 2 < 3, 1 < 2 > 5, not 0, not "a", abs(-4), abs(-1.5)]


async def collections():
    pairs = {"a": 1, "b": [1, 2, (3,)], 2: None, True: "yes", 1: "one"}
    nested = [[x * y for y in range(x)] for x in range(4) if x != 2]
    flat = [x + y for x in [1, 2] for y in (10, 20) if x + y != 12]
    total = 0
    for key, value in enumerate(numbers):
        total += key * value
    grown = []
    for a, b in zip("abc", range(5)):
        grown.append((a, b))
    return [sorted(numbers), sorted("hello"), sorted(numbers, reverse=True), min(3, 1, 2), max(numbers), sum(numbers),
            sum([[1], [2]], []), list(range(5, 0, -2)), len(pairs), pairs["b"][2], 2 in pairs, "z" in pairs, nested, flat,
            total, grown, (1, 2) + (3,), [1] + [2] * 2, numbers[::-1], numbers[1:-1], numbers[-2:], [1, 2] == [1, 2.0],
            (1, 2) < (1, 3), [] == (), {"a": 1, "b": 2} == {"b": 2, "a": 1}, pairs.get("z"), pairs.get("z", 0),
            [key for key in pairs], [value for _, value in pairs.items()], list(pairs.values()), tuple("ab"),
            range(0, 10, 3)[-1], 4 in range(0, 10, 2), bool([]), bool("a"), int("12"), int(-2.9), float("1.5"), int(True)]


async def logic(a, b):
    both = a and b
    either = a or b
    chosen = "yes" if a else "no" if b else "neither"
    return [both, either, chosen, a is None, b is not None, not a, a == b, a != b, (a or not b) and b]


async def loops():
    found = None
    n = 0
    while n < 100:
        n += 7
        if n % 5:
            continue
        found = n
        break
    for x in range(10):
        if x == 3:
            break
    return [found, n, x, [y for y in [x, x + 1]]]


async def main():
    a, (b, c) = 1, [2, 3]
    return await asyncio.gather(strings("it's"), strings(4), arithmetic(), collections(), loops(), logic(None, 0),
                                logic("", []), logic(a, b), logic(c, None))
