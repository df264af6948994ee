"""Ordered parallel work: items go to worker processes, results come back in the order of the items.

A few items are in flight at a time, so memory stays constant whatever the length of the input, and a
result is handed over as soon as those before it are: input that trickles in comes out at once.

Three kinds of threads serve this in the parent, none of them busy: a *feeder* takes items from the
iterator (reading may block), one *courier* per worker carries an item there and its result back, and
the caller's own thread collects results. Ctrl-C reaches only the caller's thread.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from queue import SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textnorm.errors import TextnormError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

WINDOW = 8
_PATIENCE = 10  # seconds that a worker gets to end
_END: Any = object()


class WorkerError(TextnormError):
    """A worker process is gone, or its work failed in a way that is not the input's fault."""


class Pool(Generic[T, R]):
    """`work`, done by `jobs` processes; with one job, by this process.

    Where processes can be forked safely they share what `work` has loaded; elsewhere `work` is pickled.
    """

    def __init__(self, work: Callable[[T], R], jobs: int = 1, *, method: str | None = None) -> None:
        self._work = work
        self._window = max(WINDOW, 2 * jobs)
        self._tasks: SimpleQueue[Any] = SimpleQueue()
        self._processes: list[Any] = []
        self._connections: list[Connection[Any, Any]] = []
        if jobs > 1:
            self._start(jobs, method or _start_method())

    def map(self, items: Iterable[T]) -> Iterator[tuple[T, R]]:
        """Each item with its result, in order; an exception of either side comes in its place."""
        if not self._processes:
            return ((item, self._work(item)) for item in items)
        return self._collect(items)

    def _collect(self, items: Iterable[T]) -> Iterator[tuple[T, R]]:
        slots = threading.Semaphore(self._window)
        queue: SimpleQueue[Any] = SimpleQueue()
        stop = threading.Event()
        feeder = threading.Thread(target=self._feed, args=(iter(items), queue, slots, stop), daemon=True)
        feeder.start()
        try:
            while (entry := queue.get()) is not _END:
                item, answer = entry
                result = answer.get()
                if isinstance(result, _Failure):
                    raise result.error
                yield item, result
                slots.release()
        finally:
            stop.set()
            slots.release()

    def _feed(
        self,
        items: Iterator[T],
        queue: SimpleQueue[Any],
        slots: threading.Semaphore,
        stop: threading.Event,
    ) -> None:
        answer: SimpleQueue[Any]
        try:
            while slots.acquire() and not stop.is_set():
                item = next(items, _END)
                if item is _END:
                    break
                answer = SimpleQueue()
                queue.put((item, answer))
                self._tasks.put((item, answer))
        except BaseException as error:  # of whatever the items come from: raised where answers are taken
            answer = SimpleQueue()
            answer.put(_Failure(error))
            queue.put((None, answer))
        queue.put(_END)

    def _start(self, jobs: int, method: str) -> None:
        import multiprocessing  # one process alone starts sooner without

        context: Any = multiprocessing.get_context(method)
        # Workers must not answer Ctrl-C: an ignored signal stays ignored in a child.
        main = threading.current_thread() is threading.main_thread()
        before = signal.signal(signal.SIGINT, signal.SIG_IGN) if main else None
        try:
            for _ in range(jobs):
                ours, theirs = context.Pipe()
                self._connections.append(ours)
                # A forked worker holds copies of our ends; open, they would keep it from noticing our death.
                inherited = list(self._connections) if method == "fork" else []
                process = context.Process(target=_serve, args=(theirs, self._work, inherited), daemon=True)
                process.start()
                theirs.close()
                self._processes.append(process)
        finally:
            if main:
                signal.signal(signal.SIGINT, before)
        for connection in self._connections:
            threading.Thread(target=self._carry, args=(connection,), daemon=True).start()

    def _carry(self, connection: Connection[Any, Any]) -> None:
        while (task := self._tasks.get()) is not _END:
            item, answer = task
            try:
                connection.send(item)
                answer.put(connection.recv())
            except (EOFError, OSError):
                answer.put(_Failure(_worker_died(item)))
            except BaseException as error:  # raised where the answer is taken, which waits for one
                answer.put(_Failure(error))
        with suppress(OSError):
            connection.send(None)

    def close(self, *, kill: bool = False) -> None:
        """Let the workers go; with `kill`, without waiting for the end of what they are doing."""
        for process in self._processes:
            if kill:
                process.terminate()
            self._tasks.put(_END)
        for process in self._processes:
            process.join(_PATIENCE)
            if process.is_alive():
                process.kill()
        self._processes = []

    def __enter__(self) -> Pool[T, R]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(kill=error is not None)


class _Failure:
    """Stands in for a result that is an exception."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


def _serve(connection: Connection[Any, Any], work: Callable[[Any], Any], inherited: list[Any]) -> None:
    """The life of a worker: an item in, a result out, until the parent is done or gone."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a forked worker has the parent's handler
    for other in inherited:
        other.close()
    with suppress(EOFError, OSError):
        while (item := connection.recv()) is not None:
            connection.send(_attempt(work, item))


def _attempt(work: Callable[[Any], Any], item: Any) -> Any:
    try:
        return work(item)
    except TextnormError as error:
        return _Failure(error)
    except Exception as error:  # a mistake of ours must not end the worker: the command says what it is
        if os.environ.get("TEXTNORM_DEBUG"):
            import traceback

            traceback.print_exc()
        return _Failure(
            WorkerError(
                f"internal error: {type(error).__name__}: {error}",
                remedy="please report it; TEXTNORM_DEBUG=1 shows where it happened",
            )
        )


def _worker_died(item: Any) -> WorkerError:
    name, line = getattr(item, "name", ""), getattr(item, "line", 0)
    place = f" at {name}:{line}" if name else ""
    return WorkerError(
        f"a worker process ended unexpectedly{place}", remedy="out of memory, perhaps: try fewer --jobs"
    )


def _start_method() -> str:
    """Fork where it is safe: on Linux, with no other thread that might hold a lock."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def cpu_count() -> int:
    """The number of processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
