"""Runs texts of the laboratory's language on CPython's asyncio, and keeps the log with the lines of the text."""

import asyncio
import builtins
import collections
import sys
import types

from recorder import Recorder, primitives

FILE = "<text>"


def record_text(source, predefined):
    """Runs a text, in which the names of `predefined` are known, and gives its record; items are left empty.

    A start has the line of the task's `async def`, an end the line that Python returns from; any other event the line of
    the text that led to it.
    """
    return _Text(predefined).record(source)


class _Text:
    def __init__(self, predefined):
        self.recorder = Recorder(lambda: (_line(sys._getframe()), ""))
        self.frames = []
        self.returns = {}
        self.result = None
        self.scopes = []
        self.asyncio = self._instrumented()
        # Names that the text need not import are there all the same.
        known = {name: getattr(self.asyncio, name) for name in ("Lock", "Queue", "Semaphore", "gather", "sleep", "timeout")}
        built_in = {**vars(builtins), "__import__": self._import}
        self.names = {
            "__builtins__": built_in,
            "__name__": "__main__",
            "asyncio": self.asyncio,
            "defaultdict": collections.defaultdict,
            **known,
            **predefined,
        }
        self.scopes.append(self.names)

    def record(self, source):
        exec(compile(source, FILE, "exec"), self.names)
        if self.result is None:
            self._run(self.names["main"]())
        return self.result

    def _instrumented(self):
        module = types.ModuleType("asyncio")
        vars(module).update(vars(asyncio))
        module.Lock, module.Semaphore, module.Queue = primitives(self.recorder)
        module.sleep = self.recorder.sleep
        module.timeout = lambda seconds: asyncio.timeout_at(asyncio.get_running_loop().after(seconds))
        module.gather = self._gather
        module.run = self._run
        return module

    def _import(self, name, *rest):
        return self.asyncio if name == "asyncio" else __import__(name, *rest)

    def _gather(self, *coroutines):
        # Resources may be in variables of `main` too, and of those that led here.
        frame, around = sys._getframe(1), []
        while frame:
            around += [frame.f_locals] if frame.f_code.co_filename == FILE else []
            frame = frame.f_back
        self.scopes += reversed(around)
        self.frames = [coroutine.cr_frame for coroutine in coroutines]
        starts = [(coroutine.cr_code.co_firstlineno, "") for coroutine in coroutines]
        return self.recorder.gather(coroutines, starts, lambda number: (self.returns[self.frames[number]], ""))

    def _run(self, main):
        sys.settrace(self._trace)
        try:
            self.result = self.recorder.run(main, self._name)
        finally:
            sys.settrace(None)

    def _trace(self, frame, event, _):
        if frame.f_code.co_filename != FILE:
            return None
        frame.f_trace_lines = False
        return self._trace_returns

    def _trace_returns(self, frame, event, _):
        # Coroutines return at each suspension as well: the last time is the end.
        if event == "return":
            self.returns[frame] = frame.f_lineno
        return self._trace_returns

    def _name(self, resource):
        """The name of the variable that holds a resource, the key of the dict that does, or the place in the list."""
        kind = next(kind for kind in ("Lock", "Semaphore", "Queue") if isinstance(resource, getattr(asyncio, kind)))
        for scope in self.scopes:
            for name, value in scope.items():
                if value is resource:
                    return f"{kind.lower()}:{name}"
                if isinstance(value, dict):
                    held = value.items()
                elif isinstance(value, (list, tuple)):
                    held = ((f"{name}[{at}]", item) for at, item in enumerate(value))
                else:
                    continue
                key = next((str(key) for key, item in held if item is resource), None)
                if key is not None:
                    return f"{kind.lower()}:{key}"
        raise LookupError(f"a {kind} without a name")


def _line(frame):
    """The line of the innermost piece of the text that is being executed."""
    while frame.f_code.co_filename != FILE:
        frame = frame.f_back
    return frame.f_lineno
