"""Runs programs in the JSON form on CPython's asyncio: one a line in, what it did a line out.

An event is `[ns, task, what, resource, line, item]`; a run ends with `results` and `virtual_ns`, or with `deadlock`: who
waits for what.
"""

import asyncio
import json
import sys

from recorder import Recorder, primitives


class Interpreter:
    """What the steps mean in Python."""

    def __init__(self, program):
        self.recorder = Recorder(lambda: self.marks[self.recorder.task])
        # Where in its work each task is.
        self.marks = {}
        lock, semaphore, _ = primitives(self.recorder)
        self.locks = {name: lock() for name in program.get("locks", [])}
        self.semaphores = {name: semaphore(permits) for name, permits in program.get("semaphores", {}).items()}
        self.queues = {name: asyncio.Queue() for name in program.get("queues", {})}
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
            elif "lock" in step:
                async with self.locks[step["lock"]]:
                    returned = await self.block(number, step["do"], marks, outer)
                    ends = self.marks[number]
                    self.marks[number] = here
            elif "semaphore" in step:
                async with self.semaphores[step["semaphore"]]:
                    returned = await self.block(number, step["do"], marks, outer)
                    ends = self.marks[number]
                    self.marks[number] = here
            elif "drain" in step:
                queue = self.queues[step["drain"]]
                while not queue.empty():
                    job = queue.get_nowait()
                    self.recorder.add("got", queue, marks=begin(job, here))
                    returned = await self.block(number, job, (0, ""), here)
                    ends = self.marks[number]
                    if returned:
                        break
            elif "return" in step:
                return (step["return"],)
            if returned:
                # A task ends where it returns, whatever it leaves on the way out.
                self.marks[number] = ends
                return returned
            self.marks[number] = here
        self.marks[number] = within(marks, outer)
        return None


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


if __name__ == "__main__":
    for text in sys.stdin:
        print(json.dumps(Interpreter(json.loads(text)).run()), flush=True)
