"""The log of what tasks do, as src/asyncio keeps it: asyncio's own classes, which say what they are asked."""

import asyncio

import virtual_clock

ROOT = -1


class Recorder:
    """Keeps the events of one run; `marks` tells the line and the item of whatever happens now."""

    def __init__(self, marks):
        self.log = []
        self.marks = marks
        self.waiting = {}
        self.results = []
        self.over = False
        self._tasks = {}

    @property
    def task(self):
        return self._tasks.get(asyncio.current_task(), ROOT)

    def add(self, what, resource=None, marks=None):
        loop = asyncio.get_running_loop()
        line, item = self.marks() if marks is None else marks
        self.log.append([loop.now_ns, self.task, what, resource, line, item])

    async def gather(self, coroutines, starts, ends):
        """`asyncio.gather`, with a start and an end for each task."""

        async def child(number, coroutine):
            self._tasks[asyncio.current_task()] = number
            self.add("start", marks=starts[number])
            try:
                return await coroutine
            finally:
                if not self.over:
                    self.add("done", marks=ends(number))

        self.results = await asyncio.gather(*(child(*numbered) for numbered in enumerate(coroutines)))
        return self.results

    async def sleep(self, delay, result=None):
        self.add("sleep")
        await asyncio.sleep(delay)
        self.add("wake")
        return result

    async def acquire(self, primitive, acquire):
        self.add("wait", primitive)
        self.waiting[self.task] = primitive
        await acquire()
        del self.waiting[self.task]
        self.add("acquired", primitive)
        return True

    def release(self, primitive, release):
        # Python may drop the tasks of a run much later, and they what they hold: that is no event.
        if not self.over:
            release()
            self.add("released", primitive)

    def run(self, main, names):
        """Runs `main` and gives the record: the log, and what the tasks gave or who waits for what.

        `names` tells the name of a resource by its object. An event is `[ns, task, what, resource, line, item]`.
        """
        try:
            _, virtual_ns = virtual_clock.run(main)
            record = {"results": self.results, "virtual_ns": virtual_ns}
        except virtual_clock.Deadlock:
            self.over = True
            waiting = sorted([task, names(resource)] for task, resource in self.waiting.items())
            record = {"deadlock": waiting}
        log = [[at, task, what, resource and names(resource), *marks] for at, task, what, resource, *marks in self.log]
        return {"log": log, **record}


def primitives(recorder):
    """Python's lock, semaphore and queue, with a log."""

    class Lock(asyncio.Lock):
        async def acquire(self):
            return await recorder.acquire(self, super().acquire)

        def release(self):
            recorder.release(self, super().release)

    class Semaphore(asyncio.Semaphore):
        async def acquire(self):
            return await recorder.acquire(self, super().acquire)

        def release(self):
            recorder.release(self, super().release)

    class Queue(asyncio.Queue):
        def get_nowait(self):
            job = super().get_nowait()
            recorder.add("got", self)
            return job

    return Lock, Semaphore, Queue
