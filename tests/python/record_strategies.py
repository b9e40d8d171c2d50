"""Records what CPython does with the strategies and with the texts of the golden folders.

    python3 tests/python/record_strategies.py            writes the recordings
    python3 tests/python/record_strategies.py --check    records anew and compares

Strategies run on each workload below. A text in `tests/golden/texts` runs on the workload that its first line names, or on
none; the recording stands beside it. CPython 3.11 is what the language is a subset of: others are refused.
"""

import contextlib
import io
import json
import pathlib
import sys

# The repository keeps no compiled files.
sys.dont_write_bytecode = True

from texts import record_text

ROOT = pathlib.Path(__file__).resolve().parents[2]
STRATEGIES = ROOT / "src/lab/strategies"
GOLDEN = ROOT / "tests/golden/strategies"
TEXTS = ROOT / "tests/golden/texts"

MIXED = [{"item": 1, "check": 1}, {"item": 4, "check": 2}, {"item": 7, "check": 3}, {"item": 8, "check": 3}]

WORKLOADS = {
    "plain": {"items": 6, "sleep": {"fixed": 10}, "maxConcurrent": 2},
    "mixed": {"items": 12, "invalid": MIXED, "sleep": {"fixed": 20}, "maxConcurrent": 3, "fails": [2, 5, 7]},
    "shared": {"items": 9, "invalid": MIXED, "sleep": {"fixed": 5}, "maxConcurrent": 3, "sharedLock": True, "fails": [0]},
    "listed": {"items": 11, "invalid": MIXED, "sleep": {"listed": [5, 10, 20, 0, 2.5]}, "maxConcurrent": 3},
    "random": {"items": 20, "sleep": {"seed": 7, "from": 1, "to": 50}, "maxConcurrent": 4, "fails": [3, 4, 19]},
    "random_shared": {"items": 10, "sleep": {"seed": -3, "from": 0, "to": 3}, "maxConcurrent": 2, "sharedLock": True},
    "room_for_all": {"items": 3, "sleep": {"fixed": 10}, "maxConcurrent": 8},
    "one": {"items": 1, "sleep": {"fixed": 0.1}, "maxConcurrent": 1},
    "none": {"items": 0, "sleep": {"listed": []}, "maxConcurrent": 5},
    "no_permits": {"items": 3, "invalid": [{"item": 0, "check": 1}], "sleep": {"fixed": 10}, "maxConcurrent": 0},
    "all_invalid": {
        "items": 4,
        "invalid": [{"item": item, "check": 1 + item % 3} for item in range(4)],
        "sleep": {"fixed": 10},
        "maxConcurrent": 2,
    },
}


def bits(state):
    """SplitMix64: the next state and its 64 bits."""
    mask = (1 << 64) - 1
    state = (state + 0x9E3779B97F4A7C15) & mask
    word = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & mask
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & mask
    return state, word ^ (word >> 31)


def sleeps(workload):
    """The milliseconds of each item."""
    sleep, count = workload["sleep"], workload["items"]
    if "fixed" in sleep:
        return [sleep["fixed"]] * count
    if "listed" in sleep:
        return [sleep["listed"][item % len(sleep["listed"])] for item in range(count)]
    state, drawn = sleep["seed"] % (1 << 64), []
    for _ in range(count):
        state, word = bits(state)
        drawn.append(sleep["from"] + (word * (sleep["to"] - sleep["from"] + 1) >> 64))
    return drawn


def variables(workload):
    """What a workload predefines."""
    checks = {entry["item"]: entry["check"] for entry in workload.get("invalid", [])}
    items = []
    for item, ms in enumerate(sleeps(workload)):
        pair = [f"account {item // 2 * 2 + 1}", f"account {item // 2 * 2 + 2}"]
        items.append(
            {
                "id": str(item + 1),
                "exists": checks.get(item) != 1,
                "open": checks.get(item) != 2,
                "funded": checks.get(item) != 3,
                "sleep": ms / 1000.0,
                "fails": item in workload.get("fails", []),
                "key": "shared" if workload.get("sharedLock") else str(item + 1),
                "source": pair[item % 2],
                "target": pair[1 - item % 2],
            }
        )
    return {"items": items, "max_concurrent": workload["maxConcurrent"]}


def recordings():
    """Each file and what should stand in it."""
    known = [{"name": name, "workload": workload, **variables(workload)} for name, workload in WORKLOADS.items()]
    yield GOLDEN / "workloads.jsonl", lines(known)
    for strategy in sorted(STRATEGIES.glob("*.py")):
        runs = []
        for name, workload in WORKLOADS.items():
            runs.append({"workload": name, **run(strategy.read_text(), variables(workload))})
        yield GOLDEN / f"{strategy.stem}.jsonl", lines(runs)
    for text in sorted(TEXTS.glob("*.py")):
        source = text.read_text()
        first = source.split("\n", 1)[0]
        name = first.removeprefix("# workload: ") if first.startswith("# workload: ") else None
        predefined = variables(WORKLOADS[name]) if name else {}
        yield text.with_suffix(".json"), lines([{"workload": name, **run(source, predefined)}])


def run(source, predefined):
    """What a text does; a text says nothing about items."""
    with contextlib.redirect_stdout(io.StringIO()):
        record = record_text(source, predefined)
    return {**record, "log": [event[:5] for event in record["log"]]}


def lines(records):
    """JSON, one record a line."""
    return "".join(json.dumps(record, separators=(",", ":"), ensure_ascii=False) + "\n" for record in records)


def main():
    if sys.version_info[:2] != (3, 11):
        sys.exit(f"The recordings are those of CPython 3.11; this is {sys.version.split()[0]}.")
    check = sys.argv[1:] == ["--check"]
    wrong, compared = [], 0
    for path, text in recordings():
        compared += 1
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            wrong.append(path.relative_to(ROOT))
    for path in wrong:
        print(f"{path} is not what CPython does")
    print(f"{compared} recordings {'compared' if check else 'written'}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
