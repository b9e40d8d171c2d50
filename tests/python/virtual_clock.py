"""CPython's own event loop on a clock that jumps to the next timer instead of waiting for it.

The clock behaves like a real one in what decides between timers of the same instant: it is never read twice at the same
time, and whoever it wakes wakes a hair late. Neither is ever seen as time; see the tie rule in src/asyncio/mod.rs.
"""

import asyncio

# The clock counts in these; all are whole numbers, so that nothing is rounded.
READING = 1
HAIR = 10**10 * READING
NANOSECOND = 10**11 * HAIR


class Deadlock(Exception):
    """Nothing is ready and no timer is set: the tasks that are left wait for ever."""


class VirtualLoop(asyncio.BaseEventLoop):
    """An event loop without a selector of its own: it is its own, and only ever waits for timers."""

    def __init__(self):
        super().__init__()
        self._selector = self
        # Timers of the same nanosecond are due together, as a real clock's resolution lets them be.
        self._clock_resolution = NANOSECOND // 2
        self._woken = 0
        self._readings = 0

    def time(self):
        self._readings += READING
        return self._woken + self._readings

    @property
    def now_ns(self):
        return self._woken // NANOSECOND

    def after(self, delay):
        """The time so many seconds from now: Python would add a float, which this clock cannot hold."""
        return self.time() + round(delay * 1e9) * NANOSECOND

    def call_later(self, delay, callback, *args, context=None):
        timer = self.call_at(self.after(delay), callback, *args, context=context)
        if timer._source_traceback:
            del timer._source_traceback[-1]
        return timer

    def select(self, timeout):
        if timeout is None:
            raise Deadlock
        if timeout > 0:
            # The readings are those of the whole run, wherever the clock stands.
            self._woken = (self._scheduled[0]._when // HAIR + 1) * HAIR
        return []

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


def run(main, over):
    """Runs a coroutine to its end, calls `over`, and gives the virtual time in nanoseconds.

    What a deadlock leaves behind is cancelled before the loop closes, after `over`.
    """
    loop = VirtualLoop()
    try:
        loop.run_until_complete(main)
        return loop.now_ns
    finally:
        over()
        tasks = asyncio.all_tasks(loop)
        for task in tasks:
            task.cancel()
        loop.run_until_complete(asyncio.wait(tasks) if tasks else asyncio.sleep(0))
        loop.close()
