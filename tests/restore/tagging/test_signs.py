"""Letters show in which script a word was typed."""

from __future__ import annotations

from textnorm.restore.evidence import MOST, respelled_share
from textnorm.restore.tagging.signs import Signs, learn_signs

PAIRS = [("рыба", "риба"), ("кит", "кіт"), ("вода", "вода")] * 10


def test_letters_of_one_script_tell_and_common_ones_do_not() -> None:
    """ы is typed only, і is clean only, and a says nothing."""
    signs = learn_signs(PAIRS)
    assert signs("ы") > 2
    assert signs("і") < -2
    assert abs(signs("а")) < 0.1
    assert signs("ю") == 0


def test_a_single_word_says_only_so_much() -> None:
    """However long it is."""
    assert Signs({"ы": 4.0})("ы" * 50) == MOST


def test_a_line_is_left_alone_without_evidence() -> None:
    """One doubtful word is no reason, three clear ones are; and clean words lower the share."""
    assert respelled_share([0.5, -3, -3], 5) == 0
    assert respelled_share([], 5) == 0
    assert respelled_share([6, 6, 6], 5) > 0.7
    assert 0.1 < respelled_share([6, 6, -6, -6, -6, -6], 5) < 0.5
