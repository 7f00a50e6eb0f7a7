"""Work on what people typed, done in a child process that is ended when it takes long.

A thread cannot be stopped from outside: a text that holds the renderer would hold one
of the few threads that answer requests. The child is started on first use, kept, and
replaced after it was ended. It gets what it works on through a pipe and has no
connection to the database.
"""

import multiprocessing
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Lock
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
Work = Callable[..., object]

START_SECONDS = 20
"""How long a child may take to begin; on a busy machine the imports alone are slow."""


class WorkFailedError(Exception):
    """The work itself failed: a mistake of ours, with what the child said of it."""


class BoundedWork:
    """Runs some functions in a child, one at a time and never for long.

    Args:
        functions: What the child may be asked for; imported when it starts.
        seconds: How long an answer may take, waiting for one's turn included.
    """

    def __init__(self, *functions: Work, seconds: float) -> None:
        self._functions = functions
        self._seconds = seconds
        self._turn = Lock()
        self._child: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._is_ready = False

    def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a function gives.

        Args:
            function: One of those that were named.
            args: Values that can be sent through a pipe.
            kwargs: The same, by name.

        Raises:
            TimeoutError: There was no answer in time; the child was ended.
            WorkFailedError: The function raised.
        """
        until = time.monotonic() + self._seconds
        if not self._turn.acquire(timeout=self._seconds):
            raise TimeoutError
        try:
            pipe = self._begun()
            until = max(until, time.monotonic()) if self._is_ready else self._ready()
            pipe.send((self._functions.index(function), args, kwargs))
            found: T = self._answer(pipe, until)
        except (EOFError, OSError) as error:
            # Also of a child that the system ended, for instance for its memory.
            self._end()
            # So that the next one need not wait for it.
            self._begun()
            raise TimeoutError from error
        else:
            return found
        finally:
            self._turn.release()

    def stop(self) -> None:
        """End the child; the next work begins another."""
        with self._turn:
            self._end()

    def _begun(self) -> Connection:
        if self._pipe is not None and self._child and self._child.is_alive():
            return self._pipe
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._child = context.Process(
            target=_serve, args=(theirs, self._functions), daemon=True
        )
        self._is_ready = False
        self._child.start()
        theirs.close()
        return self._pipe

    def _ready(self) -> float:
        """Wait until a new child has begun; the time for the answer counts from then.

        Raises:
            EOFError: It did not begin.
        """
        assert self._pipe is not None  # noqa: S101 (it was made just before)
        if not self._pipe.poll(START_SECONDS):
            raise EOFError
        self._pipe.recv()
        self._is_ready = True
        return time.monotonic() + self._seconds

    def _answer(self, pipe: Connection, until: float) -> Any:  # noqa: ANN401  # A pipe has no types.
        if not pipe.poll(max(0.0, until - time.monotonic())):
            raise EOFError
        value, fault = pipe.recv()
        if fault:
            raise WorkFailedError(fault)
        return value

    def _end(self) -> None:
        if self._child:
            self._child.kill()
            self._child.join()
        if self._pipe:
            self._pipe.close()
        self._child = self._pipe = None


def _serve(pipe: Connection, functions: tuple[Work, ...]) -> None:
    """Answer until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe.send(None)
    while True:
        try:
            index, args, kwargs = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[object, str] = (functions[index](*args, **kwargs), "")
        except Exception as error:  # noqa: BLE001 (told to who asked)
            answer = (None, repr(error)[:2000])
        pipe.send(answer)
