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
        # Tasks that are cleared away when a run is over do nothing that counts.
        if self.over:
            return
        loop = asyncio.get_running_loop()
        line, item = self.marks() if marks is None else marks
        self.log.append([loop.now_ns, self.task, what, resource, line, item])

    async def gather(self, coroutines, starts, ends):
        """`asyncio.gather`, with a start and an end for each task."""

        async def child(number, coroutine):
            self._tasks[asyncio.current_task()] = number
            self.add("start", marks=starts[number])
            result = await coroutine
            self.add("done", marks=ends(number))
            return result

        self.results = await asyncio.gather(*(child(*numbered) for numbered in enumerate(coroutines)))
        return self.results

    async def sleep(self, delay, result=None):
        self.add("sleep")
        try:
            await asyncio.sleep(delay)
        except asyncio.CancelledError:
            self.add("cancelled")
            raise
        self.add("wake")
        return result

    async def wait(self, resource, wait, what=None):
        """Waits for something; `what` is said when that came."""
        self.add("wait", resource)
        self.waiting[self.task] = resource
        try:
            result = await wait
        except asyncio.CancelledError:
            del self.waiting[self.task]
            self.add("cancelled", resource)
            raise
        del self.waiting[self.task]
        if what:
            self.add(what, resource)
        return result

    def release(self, primitive, release):
        release()
        self.add("released", primitive)

    def run(self, main, names):
        """Runs `main` and gives the record: the log, and what the tasks gave or who waits for what.

        `names` tells the name of a resource by its object. An event is `[ns, task, what, resource, line, item]`.
        """
        stuck = {}

        def over():
            self.over = True
            stuck.update(self.waiting)

        try:
            virtual_ns = virtual_clock.run(main, over)
            record = {"results": self.results, "virtual_ns": virtual_ns}
        except virtual_clock.Deadlock:
            record = {"deadlock": sorted([task, names(resource)] for task, resource in stuck.items())}
        log = [[at, task, what, resource and names(resource), *marks] for at, task, what, resource, *marks in self.log]
        return {"log": log, **record}


def primitives(recorder):
    """Python's lock, semaphore and queue, with a log."""

    class Lock(asyncio.Lock):
        async def acquire(self):
            return await recorder.wait(self, super().acquire(), "acquired")

        def release(self):
            recorder.release(self, super().release)

    class Semaphore(asyncio.Semaphore):
        async def acquire(self):
            return await recorder.wait(self, super().acquire(), "acquired")

        def release(self):
            recorder.release(self, super().release)

    class Queue(asyncio.Queue):
        # Who has just seen that there is a job does not wait for it.
        seen = None

        def empty(self):
            self.seen = recorder.task
            return super().empty()

        def get_nowait(self):
            job = super().get_nowait()
            self.seen = None
            recorder.add("got", self)
            return job

        async def get(self):
            if self.seen == recorder.task:
                return await super().get()
            return await recorder.wait(self, super().get())

        async def put(self, job):
            await recorder.wait(self, super().put(job), "put")

        async def join(self):
            await recorder.wait(self, super().join(), "joined")

    return Lock, Semaphore, Queue
