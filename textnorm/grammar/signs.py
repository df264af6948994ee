"""Numeral systems whose signs add up and multiply, described by their signs alone.

The value of a sign does not depend on its place: signs add up, a *multiplier* multiplies what was
added since the one before, and the *radix* multiplies all that stands before it. Ethiopic numerals
are written so (፲፱፻፺፭: 10 + 9, times 100, and 90 + 5), and so are Greek and Armenian ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from textnorm.errors import PackError


class NumeralSystem:
    """One such system, both ways: from numerals to integers above zero, and back."""

    def __init__(self, name: str, tree: Mapping[str, Any]) -> None:
        self.name = name
        self._signs = _values(name, "signs", tree)
        self._multipliers = _values(name, "multipliers", tree)
        radix = _values(name, "radix", tree)
        if not self._signs or len(radix) > 1:
            raise PackError(f"numeral system {name!r} needs `signs`, and one radix at most")
        self._radix = next(iter(radix), 0)
        self._value = {sign: value for value, sign in {**self._signs, **self._multipliers, **radix}.items()}
        self._check(radix)

    def _check(self, radix: Mapping[int, str]) -> None:
        signs = [*self._signs.values(), *self._multipliers.values(), *radix.values()]
        if len(set(signs)) < len(signs) or len(self._value) < len(signs):
            raise PackError(f"numeral system {self.name!r}: two values have one sign, or one value two")
        steps = [*self._multipliers, *radix]
        for below, above in pairwise(steps):
            if above % below or above <= below:
                raise PackError(f"numeral system {self.name!r}: {above} is no multiple of {below}")

    def value(self, numeral: str) -> int | None:
        """The integer that a numeral stands for; None for what is no numeral of this system.

        Within a group signs descend, each lower than what the one before leaves open: 10 may follow 100
        and 5 may follow 10, but neither 90 nor 8 may follow 9. Years written digit by digit, without the
        sign for hundreds, are no numerals for that reason. A one before a multiplier may be written.
        """
        total = group = current = 0
        below, step = _ANY, _ANY
        for sign in numeral:
            value = self._value.get(sign)
            if value is None:
                return None
            if value in self._signs:
                if value >= below:
                    return None
                current += value
                below = _power_of_ten(value)
            elif value in self._multipliers:
                if value >= step:
                    return None
                group += (current or 1) * value
                current, below, step = 0, value, value
            else:
                ahead = total + group + current
                total = (ahead or 1) * value
                group, current, below, step = 0, 0, _ANY, _ANY
        return total + group + current or None

    def write(self, number: int) -> str:
        """The numeral of an integer; raises ValueError for those that the system cannot write."""
        if number < 1:
            raise ValueError(f"{self.name} numerals begin with one")
        groups: list[int] = []
        while self._radix and number >= self._radix:
            number, rest = divmod(number, self._radix)
            groups.append(rest)
        groups.append(number)
        mark = next((sign for sign, value in self._value.items() if value == self._radix), "")
        leading = "" if len(groups) > 1 and groups[-1] == 1 else self._group(groups[-1])
        return mark.join([leading, *map(self._group, reversed(groups[:-1]))])

    def _group(self, number: int) -> str:
        """A number below the radix, nothing for zero."""
        pieces = []
        for step in reversed(self._multipliers):
            times, number = divmod(number, step)
            if times:
                pieces += [self._sum(times) if times > 1 else "", self._multipliers[step]]
        return "".join([*pieces, self._sum(number)])

    def _sum(self, number: int) -> str:
        pieces, left, below = [], number, _ANY
        for value in sorted(self._signs, reverse=True):
            if value <= left and value < below:
                pieces.append(self._signs[value])
                left -= value
                below = _power_of_ten(value)
        if left:
            raise ValueError(f"{number} has no {self.name} numeral")
        return "".join(pieces)


_ANY = 1 << 4096  # above every sign


def _values(name: str, key: str, tree: Mapping[str, Any]) -> dict[int, str]:
    """Value → sign, in ascending order."""
    found = tree.get(key, {})
    if not isinstance(found, Mapping) or not all(
        value.isdecimal() and int(value) and isinstance(sign, str) and len(sign) == 1
        for value, sign in found.items()
    ):
        raise PackError(f"numeral system {name!r}: `{key}` needs {{VALUE: SIGN, …}}")
    return dict(sorted((int(value), sign) for value, sign in found.items()))


def _power_of_ten(number: int) -> int:
    """The largest power of ten that is not above the number."""
    return int(10 ** (len(str(number)) - 1))
