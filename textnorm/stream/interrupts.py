"""Ctrl-C at safe moments only: a stretch of output is written whole or not at all."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stopped(KeyboardInterrupt):
    """Ctrl-C or a polite kill, raised where no output is half written."""

    def __init__(self, signum: int) -> None:
        super().__init__()
        self.signum = signum


class _State:
    depth = 0
    pending = 0
    process = 0  # the one that asked for signals to be handled


_state = _State()


@contextmanager
def handled() -> Iterator[None]:
    """Within this context SIGINT and SIGTERM raise `Stopped`, put off by `deferred` stretches.

    A signal that the caller ignores stays ignored (a shell's `&` and nohup ask for that). Outside the
    main thread Python delivers no signals, and nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    signums = [s for s in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(s) != signal.SIG_IGN]
    _state.process = os.getpid()
    before = {signum: signal.signal(signum, _stop) for signum in signums}
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


@contextmanager
def deferred() -> Iterator[None]:
    """Within this context a first signal waits for the end of it; a second one does not."""
    _state.depth += 1
    try:
        yield
    finally:
        _state.depth -= 1
        if _state.pending and not _state.depth:
            signum, _state.pending = _state.pending, 0
            raise Stopped(signum)


def _stop(signum: int, frame: FrameType | None) -> None:
    if os.getpid() != _state.process:
        os._exit(128 + signum)  # a worker that is told to go before it has begun has nothing to finish
    if _state.depth and not _state.pending:
        _state.pending = signum
        return
    _state.pending = 0
    raise Stopped(signum)
