"""Runs programs in the JSON form on CPython's asyncio.

    python3 tests/python/record_programs.py            reads a program a line, and writes what it did a line
    python3 tests/python/record_programs.py --check    runs those of tests/golden/asyncio and compares
    python3 tests/python/record_programs.py FILE...    runs those of a golden file and writes down what they do

An event is `[ns, task, what, resource, line, item]`, without the marks in golden files; a run ends with `results` and
`virtual_ns`, or with `deadlock`: who waits for what.
"""

import asyncio
import json
import pathlib
import sys

from recorder import Recorder, primitives

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "tests/golden/asyncio"


class Interpreter:
    """What the steps mean in Python."""

    def __init__(self, program):
        self.recorder = Recorder(lambda: self.marks[self.recorder.task])
        # Where in its work each task is.
        self.marks = {}
        lock, semaphore, _ = primitives(self.recorder)
        self.locks = {name: lock() for name in program.get("locks", [])}
        self.semaphores = {name: semaphore(permits) for name, permits in program.get("semaphores", {}).items()}
        sizes = program.get("maxsize", {})
        self.queues = {name: asyncio.Queue(sizes.get(name, 0)) for name in program.get("queues", {})}
        for name, jobs in program.get("queues", {}).items():
            for job in jobs:
                self.queues[name].put_nowait(job)
        self.tasks = program["tasks"]

    def run(self):
        named = {"lock": self.locks, "semaphore": self.semaphores, "queue": self.queues}
        names = {resource: f"{kind}:{name}" for kind, those in named.items() for name, resource in those.items()}
        return self.recorder.run(self.main(), names.get)

    async def main(self):
        coroutines = [self.one(number, steps) for number, steps in enumerate(self.tasks)]
        starts = [begin(steps, (0, "")) for steps in self.tasks]
        return await self.recorder.gather(coroutines, starts, self.marks.get)

    async def one(self, number, steps):
        returned = await self.block(number, steps, (0, ""), (0, ""))
        return returned and returned[0]

    async def block(self, number, steps, marks, outer):
        """Does the steps; gives what was returned as a tuple, or nothing. `outer` are the marks around a job."""
        for step in steps:
            line, item = marks
            marks = (step.get("line", line), step.get("item", item))
            here = within(marks, outer)
            self.marks[number] = here
            returned = None
            if "sleep" in step:
                await self.recorder.sleep(step["sleep"] / 1000)
            elif "lock" in step or "semaphore" in step:
                held = self.locks[step["lock"]] if "lock" in step else self.semaphores[step["semaphore"]]
                async with held:
                    try:
                        returned = await self.block(number, step["do"], marks, outer)
                        ends = self.marks[number]
                    finally:
                        # What is given back has the marks of when it was taken.
                        self.marks[number] = here
            elif "timeout" in step:
                try:
                    async with asyncio.timeout_at(asyncio.get_running_loop().after(step["timeout"] / 1000)):
                        returned = await self.block(number, step["do"], marks, outer)
                except TimeoutError:
                    returned = await self.block(number, step.get("else", []), marks, outer)
                ends = self.marks[number]
            elif "put" in step:
                queue = self.queues[step["put"]]
                await self.recorder.wait(queue, queue.put(step["job"]), "put")
            elif "get" in step:
                returned = await self.get(number, self.queues[step["get"]], here)
                ends = self.marks[number]
            elif "serve" in step:
                while not returned:
                    self.marks[number] = here
                    returned = await self.get(number, self.queues[step["serve"]], here)
                    ends = self.marks[number]
            elif "drain" in step:
                queue = self.queues[step["drain"]]
                while not queue.empty() and not returned:
                    returned = await self.job(number, queue, queue.get_nowait(), here)
                    ends = self.marks[number]
            elif "join" in step:
                queue = self.queues[step["join"]]
                await self.recorder.wait(queue, queue.join(), "joined")
            elif "return" in step:
                return (step["return"],)
            if returned:
                # A task ends where it returns, whatever it leaves on the way out.
                self.marks[number] = ends
                return returned
            self.marks[number] = here
        self.marks[number] = within(marks, outer)
        return None

    async def get(self, number, queue, outer):
        return await self.job(number, queue, await self.recorder.wait(queue, queue.get()), outer)

    async def job(self, number, queue, job, outer):
        """Does a job that was taken; `outer` are the marks of the step that took it."""
        self.recorder.add("got", queue, marks=begin(job, outer))
        try:
            return await self.block(number, job, (0, ""), outer)
        finally:
            queue.task_done()


def within(marks, outer):
    return (marks[0] or outer[0], marks[1] or outer[1])


def begin(steps, outer):
    """The marks of a start: the first line and the first item in front of everything else."""
    line, item = 0, ""
    for step in steps:
        if "line" in step:
            line = line or step["line"]
        elif "item" in step:
            item = item or step["item"]
        else:
            break
    return within((line, item), outer)


def contract(record):
    """A record in the form of the contract: milliseconds, and no marks."""
    log = [[at / 1e6, task, what, resource] for at, task, what, resource, *_ in record["log"]]
    if "deadlock" in record:
        return {"log": log, "deadlock": record["deadlock"]}
    return {"log": log, "results": record["results"], "virtual_ms": record["virtual_ns"] / 1e6}


def golden(path, check):
    """Records the programs of a golden file anew, and compares or writes them; gives how many came out otherwise."""
    recordings = [json.loads(line) for line in path.read_text().splitlines()]
    anew = [contract(Interpreter(recording["program"]).run()) for recording in recordings]
    differing = [at for at, recording in enumerate(recordings) if recording.get("expect") != anew[at]]
    if check:
        for at in differing:
            print(f"{path.name}, line {at + 1} is not what CPython does")
        print(f"{path.name}: {len(recordings)} recordings compared")
    else:
        lines = [json.dumps({"program": r["program"], "expect": expect}, separators=(",", ":")) for r, expect in zip(recordings, anew)]
        path.write_text("".join(line + "\n" for line in lines))
    return len(differing)


def main(arguments):
    if arguments:
        check = arguments == ["--check"]
        files = sorted(GOLDEN.glob("*.jsonl")) if check else map(pathlib.Path, arguments)
        sys.exit(1 if sum(golden(path, check) for path in files) and check else 0)
    for text in sys.stdin:
        print(json.dumps(Interpreter(json.loads(text)).run()), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
