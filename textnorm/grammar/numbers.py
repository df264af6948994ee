"""Number words as a grammar: each system lists bases, and how a number is said from base upwards.

The scheme is that of CLDR's rule-based number format (quotient and remainder by the base's power of
ten), with features: a base is said by a template with fields `q` and `r`, by a table of forms, or
by a stem and its paradigm. `exact` says a base whose remainder is zero.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from textnorm.errors import PackError
from textnorm.grammar.features import Bundle, Features
from textnorm.grammar.inflect import FormTable, Inflector, Word, flatten
from textnorm.grammar.template import Decline, Template, Verbalizer, compile_template


class FormsTable:
    """A number word listed form by form."""

    def __init__(self, tree: Any, features: Features, leaf: int) -> None:
        forms: dict[Bundle, str] = {}
        for bundle, form in flatten(tree, features, leaf):
            forms.setdefault(bundle, form)
        self._table = FormTable(forms, features)

    def forms(self) -> Iterable[tuple[Bundle, str]]:
        """Every form with its features."""
        return self._table.forms.items()

    def say(self, bundle: Bundle) -> str:
        """The form for the bundle."""
        form = self._table.pick(bundle)
        if form is None:
            raise Decline("no such form")
        return form


class Stem:
    """A number word given by stem and paradigm."""

    def __init__(self, stem: str, paradigm: str, inflector: Inflector) -> None:
        if paradigm not in inflector.forms:
            raise PackError(f"unknown paradigm {paradigm!r} of number stem {stem!r}")
        self._word = Word(stem, paradigm, True)
        self._inflector = inflector

    def forms(self) -> Iterable[tuple[Bundle, str]]:
        """Every form with its features."""
        return self._inflector.word_forms(self._word)

    def say(self, bundle: Bundle) -> str:
        """The form for the bundle."""
        form = self._inflector.inflect(self._word, bundle)
        if form is None:
            raise Decline("no such form")
        return form


_SETTINGS = ("limit", "variants")
Body = Template | FormsTable | Stem


class NumberSystem:
    """One way to say integers, e.g. cardinal or ordinal; results are kept."""

    def __init__(
        self,
        name: str,
        rules: Mapping[str, Any],
        grammar: Verbalizer,
        features: Features,
        inflector: Inflector | None,
    ) -> None:
        self.name = name
        self._grammar = grammar
        self._features, self._inflector = features, inflector
        self._bases: list[int] = []
        self._bodies: list[tuple[Body, Body]] = []
        self._limit = int(rules.get("limit", 10**15))
        self._variants = rules.get("variants", {})
        for base, body in sorted((int(key), rules[key]) for key in rules if key not in _SETTINGS):
            self._bases.append(base)
            self._bodies.append(self._compile(body))
        if not self._bases:
            raise PackError(f"number system {name!r} has no bases")
        self._memo: dict[tuple[int, Bundle], str] = {}

    def _compile(self, body: Any) -> tuple[Body, Body]:
        if isinstance(body, Mapping) and "other" in body:
            return self._compile_one(body.get("exact", body["other"])), self._compile_one(body["other"])
        one = self._compile_one(body)
        return one, one

    def _compile_one(self, body: Any) -> Body:
        inflector = self._inflector
        if isinstance(body, str):
            return compile_template(body, self._features)
        if isinstance(body, Mapping) and ("stem" in body or "forms" in body):
            if inflector is None:
                raise PackError(
                    f"number system {self.name!r} has inflected words, but no `features` are declared"
                )
            if "stem" in body:
                return Stem(body["stem"], body["paradigm"], inflector)
            return FormsTable(body["forms"], inflector.features, inflector.leaf)
        raise PackError(f"number system {self.name!r}: {body!r} is neither template, forms nor stem")

    def bases(self) -> Iterator[tuple[int, int, Body, Body]]:
        """(base, where the next one begins, how it is said exactly, how with a remainder) of every base."""
        for index, base in enumerate(self._bases):
            above = self._bases[index + 1] if index + 1 < len(self._bases) else self._limit
            yield base, base + 1 if base < 20 else above, *self._bodies[index]

    def variants(self) -> dict[str, tuple[int, str]]:
        """Words that are also said for a number → the number, and the word that `say` uses."""
        found = {}
        for base, forms in self._variants.items():
            usual = self.say(int(base), self._features.empty)
            found.update({form: (int(base), usual) for form in forms})
        return found

    def say(self, number: int, bundle: Bundle) -> str:
        """The number in words; raises Decline for numbers that the system does not reach."""
        key = (number, bundle)
        known = self._memo.get(key)
        if known is None:
            if len(self._memo) > 50_000:
                self._memo.clear()
            known = self._memo[key] = self._say(number, bundle)
        return known

    def _say(self, number: int, bundle: Bundle) -> str:
        index = bisect_right(self._bases, number) - 1
        if index < 0 or number >= self._limit:
            raise Decline(f"{self.name} has no word for {number}")
        base = self._bases[index]
        power = power_of(base)
        quotient, remainder = divmod(number, power)
        if base < 10:
            quotient, remainder = number, 0
        if base < 20 and number != base:
            raise Decline(f"{self.name} has no word for {number}")
        body = self._bodies[index][1 if remainder else 0]
        if isinstance(body, Template):
            fields = {"q": quotient or None, "r": remainder or None, "n": number}
            return body.render(self._grammar, fields, bundle)
        return body.say(bundle)


def power_of(base: int) -> int:
    """The power of ten by which a number is cut at `base`."""
    return 10 ** (len(str(base)) - 1) if base else 1
