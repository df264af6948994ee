"""How far triggers reach: to the end of their scope, of the list, of the clause, or of the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textnorm.link.annotate.context.rules import BACKWARD, Found, Language, Trigger

_NO_FLAGS: frozenset[str] = frozenset()
_PLAIN = Trigger()
_SHORT_LINE = 50  # characters: a line that ends sooner was not broken for its length


class Words:
    """The words of a language that decide about clauses, in every letter case that they are written in."""

    def __init__(self, language: Language) -> None:
        self.conjunctions = written(language.conjunctions)
        self.alternatives = written(language.alternatives)
        self.joints = self.conjunctions | self.alternatives
        self.verbs = written(language.verbs)
        self.plural_verbs = written(language.plural_verbs)
        self.openers = written(language.openers)
        # In capitals it is another one, without a full stop: "kt." is Lithuanian for others, "KT" for CT.
        self.abbreviations = frozenset(form for w in language.abbreviations for form in (w, w.capitalize()))


def written(words: Iterable[str]) -> frozenset[str]:
    """Words in lower case, with a capital, and in capitals."""
    return frozenset(form for word in words for form in (word, word.capitalize(), word.upper()))


class Reach:
    """How far the triggers of one text reach.

    Words and what stands between them take turns among the parts, so a walk from a trigger, which starts
    and ends with a word, knows which is which.
    """

    def __init__(self, parts: Sequence[str], found: Sequence[Found], words: Words) -> None:
        self._parts, self._words = parts, words
        self._triggers = {one.start for one in found if one.trigger.flag}
        self._triggers_before = {one.end for one in found if one.trigger.flag}
        self._reaching: dict[
            tuple[int, str, bool], int
        ] = {}  # scopes to the right, by start, flag and `line`
        self._ends: dict[int, frozenset[str]] = {}  # flags whose scopes end at a part, and before one
        self._ends_before: dict[int, frozenset[str]] = {}
        for one in found:
            if one.trigger.flag and one.trigger.direction != BACKWARD:
                self._reaching[one.start, one.trigger.flag, one.trigger.line] = one.trigger.scope
            if one.trigger.ends:
                self._ends[one.start] = self._ends.get(one.start, _NO_FLAGS) | one.trigger.ends
                self._ends_before[one.end] = self._ends_before.get(one.end, _NO_FLAGS) | one.trigger.ends

    def forward(self, one: Found, last: int) -> int:
        """The part before which the scope to the right of a trigger ends; nobody asks beyond `last`."""
        trigger, parts, words = one.trigger, self._parts, self._words
        passed = depth = 0
        for at in range(one.end + 1, min(len(parts), last + 1), 2):
            between = parts[at - 1]
            if between != " ":
                depth += between.count("(") - between.count(")")
                if depth < 0 or self._ends_sentence(at - 1, trigger):
                    return at
                if "," in between:
                    if not trigger.line and (at == one.end + 1 or self._clause_after(at, alike=False)):
                        return at
                    passed = 0  # a list goes on as long as it does
            if trigger.flag in self._ends.get(at, _NO_FLAGS):
                return at
            if self._reaching.get((at, trigger.flag, trigger.line), -1) >= trigger.scope:
                return at  # what follows is in the scope of that one
            passed += 1
            if passed > trigger.scope:
                return at
            if parts[at] in words.joints:
                if parts[at] in words.conjunctions and self._clause_after(at + 2, alike=True):
                    return at
                passed = 0
        return last + 1

    def backward(self, one: Found, first: int) -> int:
        """The part from which on mentions to the left of a trigger are in its scope; not before `first`."""
        trigger, parts, words = one.trigger, self._parts, self._words
        depth = 0
        listed = False  # whether a conjunction was passed: what is left of a comma is a list then
        first = max(first, one.start - 2 * trigger.scope, 0)
        for at in range(one.start - 2, first - 1, -2):
            between = parts[at + 1]
            if between != " ":
                depth += between.count(")") - between.count("(")
                if depth < 0 or self._ends_sentence(at + 1, trigger):
                    return at + 2
                if "," in between and (not listed or self._clause_before(at)):
                    return at + 2
            if trigger.flag in self._ends_before.get(at + 1, _NO_FLAGS):
                return at + 2
            if parts[at] in words.joints:
                listed = True
                if self._clause_before(at - 2):
                    return at
        return first

    def _clause_after(self, start: int, *, alike: bool) -> bool:
        """Whether a new clause starts with a word, after a comma or (`alike`) after a conjunction.

        It does if another trigger stands there, or if what follows has a finite verb of its own and no
        "or". After a conjunction a verb in the plural is that of the whole list: "no rubs and murmurs
        were heard".
        """
        if start in self._triggers:
            return True
        parts, words, clause = self._parts, self._words, False
        for at in range(start, len(parts), 2):
            if at > start and parts[at - 1] != " ":
                between = parts[at - 1]
                if "," in between:
                    return clause and parts[at] not in words.alternatives
                if "(" in between or ")" in between or self._ends_sentence(at - 1, _PLAIN):
                    return clause
            word = parts[at]
            if at > start and at in self._ends:
                return clause
            if word in words.joints:
                if word in words.alternatives:
                    return False
                if at > start:
                    return clause
            if word in words.verbs and (at == start or not alike or word not in words.plural_verbs):
                clause = True
            if at == start and not alike and word in words.openers:
                clause = True
        return clause

    def _clause_before(self, end: int) -> bool:
        """Whether the stretch that ends with a word, back to the comma before it, is a clause of its own."""
        parts = self._parts
        for at in range(end, -1, -2):
            if (
                at < end
                and parts[at + 1] != " "
                and ("," in parts[at + 1] or self._ends_sentence(at + 1, _PLAIN))
            ):
                return False
            if parts[at] in self._words.verbs or at + 1 in self._triggers_before:
                return True
        return False

    def _ends_sentence(self, at: int, trigger: Trigger) -> bool:
        """Whether the sentence (for some triggers the line) ends with what stands between two words."""
        part = self._parts[at]
        if "\n" in part and self._ends_line(at):
            return True
        if trigger.line:
            return False
        if ";" in part or "!" in part or "?" in part:
            return True
        if "." not in part or part == ".":
            return False
        if at == 0 or part.strip() != ".":
            return True
        word = self._parts[at - 1]
        if (len(word) == 1 and word.isalpha()) or word in self._words.abbreviations:
            return False
        follower = self._parts[at + 1] if at + 1 < len(self._parts) else ""
        return not (word.isdigit() and follower[:1].islower())

    def _ends_line(self, at: int) -> bool:
        """Whether a line ends here that was not broken for its length."""
        part = self._parts[at]
        if part.count("\n") > 1 or part.strip(" \t\r\n,"):
            return True
        width = 0
        for before in reversed(self._parts[max(0, at - _SHORT_LINE) : at]):
            if "\n" in before:
                break
            width += len(before)
            if width >= _SHORT_LINE:
                return False
        return True
