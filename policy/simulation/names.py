"""Which entry is which where a case is told once more: what began a matter or a letter gives it its number."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Final

from policy.facts import CaseFact, Entry, Role
from policy.facts.letters import LetterKind
from policy.facts.matters import MatterKind

_NUMBERED: Final = re.compile(rf"(?P<stem>.*\b(?:{'|'.join((*MatterKind, *LetterKind))}))-(?P<number>\d+)")
"""What is called by the number of the entry that began it."""


Name = tuple[str, ...]


class Names:
    """What tells each entry from the others, whatever its number: the id under which it was told; of what Casework
    recorded itself, what that was about, and how often it had been before.
    """

    def __init__(self) -> None:
        self.names: list[Name] = []
        self._numbers: dict[Name, int] = {}
        self._seen: Counter[Name] = Counter()
        self._same, self._looked = True, 0

    def add(self, entry: Entry) -> None:
        name = _done_by_itself(entry.fact) if entry.by.role is Role.SYSTEM else (entry.id,)
        self._seen[name] += 1
        whole = (*name, str(self._seen[name]))
        self.names.append(whole)
        self._numbers[whole] = len(self.names)

    def number_of(self, name: Name) -> int:
        return self._numbers.get(name, 0)

    def as_far_as_they_go(self, other: "Names") -> bool:
        """Whether each has the number that it has there."""
        until = len(self.names)
        self._same = self._same and self.names[self._looked : until] == other.names[self._looked : until]
        self._looked = until
        return self._same


def _done_by_itself(fact: CaseFact) -> Name:
    about = (str(getattr(fact, name, "")) for name in ("pattern", "key"))
    return (fact.fact, *about)


def names_of(entries: Iterable[Entry]) -> list[Name]:
    names = Names()
    for one in entries:
        names.add(one)
    return names.names


def called_now(key: str, then: Names, now: Names) -> str:
    """What the matter or letter of that key is called now; of number 0 where it has not come about."""
    found = _NUMBERED.fullmatch(key)
    if found is None or not 0 < int(found["number"]) <= len(then.names):
        return key
    return f"{found['stem']}-{now.number_of(then.names[int(found['number']) - 1])}"


def renamed(told: Any, called: Callable[[str], str]) -> Any:  # noqa: ANN401 - as JSON is
    if isinstance(told, dict):
        return {name: renamed(one, called) for name, one in told.items()}
    if isinstance(told, list | tuple):
        return type(told)(renamed(one, called) for one in told)
    return called(told) if isinstance(told, str) else told
