"""The facts of a case told once more, under another edition: what people recorded, when they recorded it, and what
came from beside the case. What Casework itself did then it does again, by that edition. (policy-simulation)
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from policy.case_file import CaseFile
from policy.duties import Duty, Outcome, SendLetter
from policy.editions import Edition
from policy.facts import CaseFact, Entry, Role
from policy.facts.auditing import PatternFound
from policy.facts.letters import (
    LetterCameBack,
    LetterHeldUp,
    LetterInDoubt,
    LetterKind,
    LetterReadyToPost,
    LetterRefused,
    LetterSent,
)
from policy.facts.matters import MatterKind
from policy.facts.proceedings import LegalActionTold
from policy.facts.referring import ReferralTold
from policy.facts.ruling import DeadlineMissed, EditionAdopted
from policy.simulation.lived import LivedCase
from policy.simulation.played import Played

_DONE_AGAIN: Final = (
    DeadlineMissed,
    PatternFound,
    LegalActionTold,
    ReferralTold,
    LetterSent,
    LetterReadyToPost,
    LetterHeldUp,
    LetterInDoubt,
    LetterRefused,
    LetterCameBack,
)
"""By Casework, by what the edition says. Letters go as on a good day."""
_NUMBERED: Final = re.compile(rf"(?P<stem>.*\b(?:{'|'.join((*MatterKind, *LetterKind))}))-(?P<number>\d+)")
"""What is called by the number of the entry that began it."""


def retold(opening: CaseFile, entries: Sequence[Entry], edition: Edition, until: datetime) -> Played:
    """The same case under that edition, until then. What it refuses is in `refused`."""
    case = _Retold(opening.model_copy(update={"edition": edition.ref}), entries)
    for one in entries:
        if _is_told(one) and one.recorded_at <= until:
            case.tell(one)
    case.run_on(until)
    return case.played(until)


def _is_told(entry: Entry) -> bool:
    if isinstance(entry.fact, EditionAdopted):
        return False
    return entry.by.role is not Role.SYSTEM or not isinstance(entry.fact, _DONE_AGAIN)


class _Retold(LivedCase):
    """What is carried on beside it is not begun: what the case heard of that is told."""

    def __init__(self, opening: CaseFile, entries: Sequence[Entry]) -> None:
        super().__init__(opening, None)
        self.then = _known_as(entries)

    def offer(self, entry: Entry, now: datetime) -> None:
        super().offer(self._as_called_now(entry), now)

    def _as_called_now(self, entry: Entry) -> Entry:
        """Where another number of letters went, or deadlines were missed, matters have other numbers."""
        now = {name: number for number, name in enumerate(_known_as([one.entry for one in self.taken]), 1)}
        told = entry.fact.model_dump()
        called = _renamed(told, self.then, now)
        if called == told:
            return entry
        fact: CaseFact = type(entry.fact).model_validate(called)
        return entry.model_copy(update={"fact": fact})

    def _performed(self, duty: Duty, now: datetime) -> Outcome:
        return super()._performed(duty, now) if isinstance(duty, SendLetter) else Outcome.TOLD


Name = tuple[str, ...]


def _known_as(entries: Sequence[Entry]) -> list[Name]:
    """What tells each from the others, whatever its number: the id under which it was told; of what Casework
    recorded itself, what that was about, and how often it had been before.
    """
    seen: Counter[Name] = Counter()
    names: list[Name] = []
    for one in entries:
        about = [str(getattr(one.fact, name, "")) for name in ("pattern", "key")]
        name = (one.fact.fact, *about) if one.by.role is Role.SYSTEM else (one.id,)
        seen[name] += 1
        names.append((*name, str(seen[name])))
    return names


def _renamed(told: Any, then: Sequence[Name], now: Mapping[Name, int]) -> Any:  # noqa: ANN401 - as JSON is
    if isinstance(told, dict):
        return {name: _renamed(one, then, now) for name, one in told.items()}
    if isinstance(told, list | tuple):
        return type(told)(_renamed(one, then, now) for one in told)
    if isinstance(told, str) and (found := _NUMBERED.fullmatch(told)) and 0 < int(found["number"]) <= len(then):
        return f"{found['stem']}-{now.get(then[int(found['number']) - 1], 0)}"
    return told
