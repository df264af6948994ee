"""How `textnorm normalize` ends when the world does not wait: pipes, signals, full disks, dead workers."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from textnorm.stream import interrupts

IDENTITY = ("normalize", "--lang", "identity")
SLOW = ("normalize", "--lang", "slow")
JOBS = pytest.mark.parametrize("jobs", ["1", "2"])
Start = Callable[..., "subprocess.Popen[bytes]"]


def read_line(process: subprocess.Popen[bytes]) -> bytes:
    """A line of output, which must come within a few seconds."""
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], 20)[0], "nothing came"
    return os.read(process.stdout.fileno(), 1000)


def end(process: subprocess.Popen[bytes]) -> tuple[int, bytes, str]:
    """Exit code and what was still to be read."""
    out, err = process.communicate(timeout=30)
    return process.returncode, out or b"", (err or b"").decode()


@JOBS
def test_lines_come_out_as_they_come_in(start: Start, jobs: str) -> None:
    """A line typed is answered before the next one: nothing waits for a full block."""
    pack = str(Path(__file__).parent / "packs" / "tt")
    with start("normalize", "--lang", "tt", "--rules", pack, "-j", jobs) as process:
        assert process.stdin is not None
        for number in range(3):
            process.stdin.write(b"on 5, %d\n" % number)
            process.stdin.flush()
            assert read_line(process).decode() == f"on 五, {number}\n".replace("0", "零")
        assert end(process) == (0, b"", "")


@JOBS
def test_a_closed_pipe_ends_quietly(start: Start, fake: Any, tmp_path: Path, jobs: str) -> None:
    """`| head -1` is no error."""
    (tmp_path / "a").write_bytes(b"line\n" * 1_000_000)
    with start(*IDENTITY, "-j", jobs, "a", program=fake) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"line\n"
        process.stdout.close()
        process.stdout = None
        assert end(process) == (0, b"", "")


@pytest.mark.parametrize("command", ["--help", "normalize --help"])
def test_help_into_a_closed_pipe(start: Start, command: str) -> None:
    """Help pages end quietly too."""
    read, write = os.pipe()
    os.close(read)
    with start(*command.split(), stdout=write) as process:
        os.close(write)
        assert end(process) == (0, b"", "")


@JOBS
def test_ctrl_c_while_waiting_for_input(start: Start, fake: Any, jobs: str) -> None:
    """Ctrl-C ends with 130 and one line; what came in before has come out."""
    with start(*IDENTITY, "-j", jobs, program=fake, start_new_session=True) as process:
        assert process.stdin is not None
        process.stdin.write(b"a\nhalf")
        process.stdin.flush()
        assert read_line(process) == b"a\n"
        os.killpg(process.pid, signal.SIGINT)
        assert end(process) == (130, b"", "textnorm: error: interrupted\n")


@JOBS
def test_ctrl_c_at_work(start: Start, fake: Any, tmp_path: Path, jobs: str) -> None:
    """Output ends at a line end; workers are gone."""
    (tmp_path / "a").write_bytes(b"5 and a line\n" * 1_000_000)
    with start(*SLOW, "-j", jobs, "a", program=fake, start_new_session=True) as process:
        first = read_line(process)
        os.killpg(process.pid, signal.SIGINT)
        code, rest, err = end(process)
        assert (code, err) == (130, "textnorm: error: interrupted\n")
        assert (first + rest).replace("五 and a line\n".encode(), b"") == b""
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


@pytest.mark.parametrize(("signum", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@JOBS
def test_a_stopped_run_damages_no_file(
    start: Start, fake: Any, tmp_path: Path, signum: int, code: int, jobs: str
) -> None:
    """Ctrl-C or a polite kill in the middle of -i leaves the old file, and nothing else."""
    text = b"5 and a line\n" * 1_000_000
    (tmp_path / "a").write_bytes(text)
    with start(*SLOW, "-j", jobs, "-i", "a", program=fake, start_new_session=True) as process:
        until = time.monotonic() + 20
        while not any(path.stat().st_size for path in tmp_path.glob(".textnorm-*")):
            assert time.monotonic() < until
            time.sleep(0.01)
        os.kill(process.pid, signum)
        assert end(process) == (code, b"", "textnorm: error: interrupted\n")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == text


def test_a_stretch_of_output_is_never_cut(start: Start, fake: Any, tmp_path: Path) -> None:
    """Ctrl-C while the reader of the pipe is slow waits for the end of the stretch being written."""
    (tmp_path / "a").write_bytes(b"a line\n" * 1_000_000)
    with start(*IDENTITY, "a", program=fake) as process:
        first = read_line(process)
        time.sleep(0.3)  # the pipe is full now, the program in the middle of a write
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        code, rest, err = end(process)
    assert (code, err) == (130, "textnorm: error: interrupted\n")
    whole = first + rest
    assert whole.replace(b"a line\n", b"") == b""
    assert 100_000 < len(whole) < 2_000_000


def test_ignored_signals_stay_ignored(start: Start, fake: Any) -> None:
    """A job that a shell started in the background does not end by Ctrl-C."""
    ignore = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)}
    with start(*IDENTITY, program=fake, **ignore) as process:
        assert process.stdin is not None
        for _ in range(2):
            process.stdin.write(b"a\n")
            process.stdin.flush()
            assert read_line(process) == b"a\n"
            process.send_signal(signal.SIGINT)
        assert end(process) == (0, b"", "")


@JOBS
def test_a_full_disk_is_one_line(textnorm: Any, fake: Any, jobs: str) -> None:
    """Output that does not fit is an error that says so."""
    with open("/dev/full", "wb") as full:
        done = textnorm(*IDENTITY, "-j", jobs, stdin=b"a\n", stdout=full, program=fake)
    message = "textnorm: error: <stdout>: cannot write this file: no space left on device\n"
    assert (done.code, done.err) == (2, message)


@pytest.mark.parametrize(
    ("stream", "message"),
    [(0, "standard input is closed (name a file)"), (1, "standard output is closed (use -o FILE)")],
)
def test_closed_standard_streams_are_one_line(textnorm: Any, fake: Any, stream: int, message: str) -> None:
    """A program started without standard input or output says so."""
    pipes = {"stdin": None} if stream == 0 else {"stdout": None}
    done = textnorm(*IDENTITY, program=fake, preexec_fn=lambda: os.close(stream), **pipes)
    assert (done.code, done.err) == (2, f"textnorm: error: {message}\n")


def test_the_death_of_a_worker_is_one_line(textnorm: Any, fake: Any, tmp_path: Path) -> None:
    """A worker that is killed is an error in its place; what came before is written."""
    (tmp_path / "a").write_bytes(b"line\n" * 200_000 + b"die\n" + b"line\n" * 200_000)
    done = textnorm("normalize", "--lang", "dying", "-j", "2", "a", program=fake)
    assert (done.code, done.out.replace(b"line\n", b"")) == (2, b"")
    assert done.err.startswith("textnorm: error: a worker process ended unexpectedly at a:")
    assert done.err.count("\n") == 1


@JOBS
def test_a_fault_of_the_program_is_one_line(textnorm: Any, fake: Any, jobs: str) -> None:
    """A fault of our own shows no traceback either, unless one is asked for."""
    args = ("normalize", "--lang", "broken", "-j", jobs)
    done = textnorm(*args, stdin=b"a\n", program=fake)
    assert done == (
        2,
        b"",
        "textnorm: error: internal error: ZeroDivisionError: an odd text "
        "(please report it; TEXTNORM_DEBUG=1 shows where it happened)\n",
    )
    shown = textnorm(*args, stdin=b"a\n", program=fake, env={**os.environ, "TEXTNORM_DEBUG": "1"})
    assert "Traceback" in shown.err


@JOBS
def test_memory_is_constant(start: Start, fake: Any, jobs: str) -> None:
    """Forty times the input needs no more memory."""
    peaks = []
    for size in (1, 40):
        with start(*IDENTITY, "-j", jobs, program=fake, stdout=subprocess.DEVNULL) as process:
            assert process.stdin is not None
            for _ in range(size):
                process.stdin.write(b"a line of some length\n" * 50_000)
            process.stdin.close()
            process.stdin = None
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = status
            peaks.append(usage.ru_maxrss)
            assert status == 0
    assert peaks[1] - peaks[0] < 12_000  # KB


def test_pipes_that_do_not_block(start: Start, fake: Any) -> None:
    """Standard streams that somebody has set to non-blocking work all the same."""
    streams = {"preexec_fn": lambda: [os.set_blocking(fd, False) for fd in (0, 1)]}
    text = b"a line\n" * 200_000
    with start(*IDENTITY, program=fake, **streams) as process:
        time.sleep(0.5)
        assert process.stdin is not None
        process.stdin.write(b"a\n")
        process.stdin.flush()
        assert read_line(process) == b"a\n"
        os.set_blocking(process.stdin.fileno(), True)
        out, err = process.communicate(text, timeout=30)
    assert (process.returncode, out, err) == (0, text, b"")


@pytest.mark.parametrize(("args", "shown"), [((), True), (("--quiet",), False)])
def test_progress_is_shown_on_a_terminal(
    start: Start, fake: Any, tmp_path: Path, args: tuple[str, ...], shown: bool
) -> None:
    """A bar appears for large files if standard error is a terminal, unless --quiet."""
    (tmp_path / "a").write_bytes(b"line\n" * 500_000)
    ours, theirs = pty.openpty()
    with start(*IDENTITY, *args, "a", "-o", "b", program=fake, stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        try:
            while piece := os.read(ours, 1000):
                seen += piece
        except OSError:  # the other side has gone
            pass
        assert end(process)[0] == 0
    os.close(ours)
    assert (b"Normalizing" in seen) == shown
    assert (b"100%" in seen) == shown


def test_no_progress_without_a_terminal(textnorm: Any, fake: Any, tmp_path: Path) -> None:
    """Logs stay clean."""
    (tmp_path / "a").write_bytes(b"line\n" * 500_000)
    assert textnorm(*IDENTITY, "a", "-o", "b", program=fake) == (0, b"", "")


@pytest.mark.parametrize("signals", [1, 2])
def test_a_second_signal_does_not_wait(signals: int) -> None:
    """Within a deferred stretch a first Ctrl-C waits for the end of it, a second one does not."""
    finished = []

    def stretch() -> None:
        with interrupts.handled(), interrupts.deferred():
            for _ in range(signals):
                signal.raise_signal(signal.SIGINT)
            finished.append(True)

    with pytest.raises(interrupts.Stopped):
        stretch()
    assert bool(finished) == (signals == 1)
