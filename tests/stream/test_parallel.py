"""Ordered parallel work: the same results in the same order, and clean ends."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator

import pytest

from textnorm.errors import InputError, Location, TextnormError
from textnorm.stream.parallel import WINDOW, Pool, WorkerError


def double(number: int) -> int:
    """Twice the number, the later the smaller it is."""
    time.sleep(0.002 * (number % 3))
    return 2 * number


def work(number: int) -> int:
    """Fails in a way that depends on the number."""
    if number == 5:
        raise InputError("bad", at=Location("a.txt", 5), remedy="do better")
    if number == 6:
        raise ZeroDivisionError("six")
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_items(jobs: int) -> None:
    """However long an item takes, its result comes when it is its turn."""
    with Pool(double, jobs, method="fork") as pool:
        assert list(pool.map(range(50))) == [(number, 2 * number) for number in range(50)]
        assert list(pool.map([])) == []
        assert [result for _, result in pool.map([7])] == [14]


def test_workers_may_be_started_afresh() -> None:
    """Where processes cannot be forked, the work is pickled; the results are the same."""
    with Pool(abs, 2, method="spawn") as pool:
        assert [result for _, result in pool.map([-1, 2, -3])] == [1, 2, 3]


def until_fault(jobs: int, items: Iterable[int], seen: list[int]) -> None:
    """Puts into `seen` the items whose results come before an error is raised."""
    with Pool(work, jobs, method="fork") as pool:
        for item, _ in pool.map(items):
            seen.append(item)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_comes_in_its_place(jobs: int) -> None:
    """Results before an error are handed over; the error is the one that was raised."""
    seen: list[int] = []
    with pytest.raises(InputError) as caught:
        until_fault(jobs, range(10), seen)
    assert (seen, str(caught.value)) == ([0, 1, 2, 3, 4], "a.txt:5: bad (do better)")


def test_a_fault_of_the_work_is_one_line() -> None:
    """An exception that is nobody's input error is named as a fault of the program."""
    with pytest.raises(WorkerError, match=r"internal error: ZeroDivisionError: six \(please report it"):
        until_fault(2, [1, 6], [])


def test_the_death_of_a_worker_is_noticed() -> None:
    """A worker that is killed is an error in the place of its item; nothing hangs."""
    seen: list[int] = []
    with pytest.raises(WorkerError, match="a worker process ended unexpectedly"):
        until_fault(2, [1, 2, 7, 3], seen)
    assert seen == [1, 2]


def test_an_error_of_the_input_comes_in_its_place() -> None:
    """What the iterator raises comes after the results of what it gave before."""

    def items() -> Iterator[int]:
        yield 1
        yield 2
        raise TextnormError("no more")

    seen: list[int] = []
    with pytest.raises(TextnormError, match="no more"):
        until_fault(2, items(), seen)
    assert seen == [1, 2]


def test_no_more_than_a_window_is_in_flight() -> None:
    """Input is read only as far ahead as results are taken: memory stays constant."""
    given: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1000):
            given.append(number)
            yield number

    with Pool(double, 2, method="fork") as pool:
        for item, _ in pool.map(items()):
            assert len(given) <= item + WINDOW + 1
            time.sleep(0.001 if item < 20 else 0)
    assert len(given) == 1000


def test_a_result_does_not_wait_for_more_input() -> None:
    """While the input has nothing to give, finished results are handed over."""
    more = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        assert more.wait(10)
        yield 2

    with Pool(double, 2, method="fork") as pool:
        results = pool.map(items())
        assert next(results) == (1, 2)
        more.set()
        assert next(results) == (2, 4)


def test_workers_end_with_the_pool() -> None:
    """No process is left behind, whether all goes well or not."""
    import multiprocessing

    def stop_early() -> None:
        with Pool(double, 2, method="fork") as pool:
            next(pool.map(range(100)))
            raise KeyboardInterrupt

    until_fault(2, [1], [])
    with pytest.raises(KeyboardInterrupt):
        stop_early()
    assert multiprocessing.active_children() == []
