import pytest

pytest.importorskip("rapidfuzz", reason="needs the extra: pip install 'textnorm[byt5]'")

from textnorm.neural.check import best_threshold, check
from textnorm.neural.engine import Prediction, Predictor
from textnorm.neural.settings import Settings


class Restorer:
    """A stand-in for a model: writes ž for z, and is unsure of long inputs."""

    settings = Settings(context=0)

    def __init__(self) -> None:
        self.batches: list[int] = []

    def run(self, inputs):
        """The word between the sentinels, with its z replaced."""
        self.batches.append(len(inputs))
        words = [bytes(number - 3 for number in item[1:-2]).decode() for item in inputs]
        return [Prediction(word.replace("z", "ž"), -float(len(word)), True) for word in words]


def test_the_threshold_keeps_what_helps() -> None:
    """Below the best total nothing is accepted; with no gain at all there is no threshold."""
    assert best_threshold([(-0.1, 1), (-0.2, -1), (-0.3, 1), (-0.4, 1), (-0.5, -1)]) == -0.4
    assert best_threshold([(-0.1, -1)]) is None


def test_equal_probabilities_are_taken_or_left_together() -> None:
    """Where right and wrong answers are equally likely no threshold lies between them."""
    assert best_threshold([(-0.1, 1), (-0.5, 1), (-0.5, -1), (-0.5, -1)]) == -0.1
    assert best_threshold([(-0.5, 1), (-0.5, -1)]) is None


def test_a_long_sentence_costs_no_more_than_its_words() -> None:
    """What a model can see of a sentence is bounded, so that memory does not grow with the square of its length."""
    seen: list[int] = []

    class Reader(Restorer):
        settings = Settings(longest=16)

        def run(self, inputs):
            seen.extend(map(len, inputs))
            return [Prediction(None, -1.0, True) for _ in inputs]

    digits = str.maketrans("0123456789", "abcdefghij")
    words = [str(number).translate(digits) for number in range(3000)]
    result = check(Predictor(Reader(), 32), [[(word, "w") for word in words]])
    assert result.tokens == 3000
    assert max(seen) <= 16


def test_harm_and_help_are_counted_above_the_threshold() -> None:
    """Short words are mended, long ones spoiled: the threshold falls between them."""
    sentences = [[("zo", "žo"), ("zodynas", "zodynas")]] * 160
    result = check(Predictor(Restorer(), 32), sentences)
    assert (result.tokens, result.changed, result.right, result.harmful) == (320, 160, 160, 0)
    assert result.threshold == -2.0
    assert result.error_reduction == 1.0


def test_only_words_that_the_stage_asks_about_are_checked() -> None:
    """Figures, handles and tokens with signs never reach a model, so that they say nothing of its worth."""
    engine = Restorer()
    result = check(Predictor(engine, 32), [[("zo", "žo"), ("z2", "ž2"), ("@z", "@ž"), ("z-z", "ž-ž")]])
    assert engine.batches == [1]
    assert (result.tokens, result.changed, result.right) == (4, 4, 1)


def test_too_few_changes_leave_the_model_off() -> None:
    """A threshold that rests on a handful of words is none."""
    assert check(Predictor(Restorer(), 32), [[("zo", "žo")]] * 149).threshold is None


def test_equal_inputs_are_asked_once_and_in_batches() -> None:
    """Words that recur in the same surroundings cost nothing, and batches are of the size asked for."""
    engine = Restorer()
    check(Predictor(engine, 2), [[("zo", "žo"), ("ze", "že"), ("za", "ža")]] * 9)
    assert engine.batches == [2, 1]
