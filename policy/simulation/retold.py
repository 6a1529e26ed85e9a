"""The facts of a case told once more, under another edition: what people recorded, when they recorded it, and what
came from beside the case. What Casework itself did then it does again, by that edition. What was brought from
another system is taken as it is, and telling begins behind it. (policy-simulation)
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from policy import audit
from policy.case_file import CaseFile
from policy.duties import Duty, Outcome, SendLetter
from policy.editions import Edition, of
from policy.facts import CaseFact, Entry, Role
from policy.facts.auditing import PatternFound
from policy.facts.base import Recorded
from policy.facts.importing import CaseImported
from policy.facts.letters import (
    LetterCameBack,
    LetterHeldUp,
    LetterInDoubt,
    LetterReadyToPost,
    LetterRefused,
    LetterSent,
)
from policy.facts.proceedings import LegalActionTold
from policy.facts.referring import ReferralTold
from policy.facts.ruling import DeadlineMissed, EditionAdopted
from policy.simulation.lived import Happening, LivedCase, ToldBeside
from policy.simulation.names import Names, called_now, renamed
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
Told = Recorded[Any]
"""An entry of a case, or of what is carried on beside it."""


def retold(
    opening: CaseFile,
    entries: Sequence[Entry],
    edition: Edition | None,
    until: datetime,
    *,
    beside: Mapping[str, Sequence[Told]] | None = None,
) -> Played:
    """The same case under that edition, until then; under None, under its own and what it adopted. What is refused
    is in `refused`. `beside` are the entries of what the case began, by the key that it had: that is told again,
    too, and of all else beside it what the case heard is told.
    """
    case = _Retold(opening, entries, edition, beside or {})
    if case.bring(until):
        for one in case.to_tell(until):
            case.tell(one)
        case.run_on(until)
    return case.played(until)


def brought(entries: Sequence[Entry]) -> Sequence[Entry]:
    """What came with a case from another system, and that it did; nothing of a case that began here."""
    last = next((number for number, one in enumerate(entries, 1) if isinstance(one.fact, CaseImported)), 0)
    return entries[:last]


class _Retold(LivedCase):
    def __init__(
        self,
        opening: CaseFile,
        entries: Sequence[Entry],
        edition: Edition | None,
        beside: Mapping[str, Sequence[Told]],
    ) -> None:
        super().__init__(opening if edition is None else opening.model_copy(update={"edition": edition.ref}), None)
        self.adopts = edition is None
        self.brought = brought(entries)
        self.entries = entries[len(self.brought) :]
        self.told_beside = beside
        self.then = Names()
        for one in entries:
            self.then.add(one)
        self.again = Names()

    def bring(self, until: datetime) -> bool:
        """Whether anything goes on behind it: there are nights here then, and what is overdue is noticed."""
        for one in self.brought:
            if self.adopts or not isinstance(one.fact, EditionAdopted):
                self.record(self._as_called_now(one), one.recorded_at)
        if not self.brought:
            return True
        at = self.brought[-1].recorded_at
        if at >= until:
            return False
        self.night = audit.night_after(at, of(self.file.edition))
        self._settle(at)
        return True

    def to_tell(self, until: datetime) -> list[Happening]:
        """In the order in which it was recorded."""
        of_case = [one for one in self.entries if self._is_told(one)]
        of_others = [
            ToldBeside(key, one)
            for key, told in self.told_beside.items()
            for one in told
            if one.by.role is not Role.SYSTEM
        ]
        both: list[Happening] = [*of_case, *of_others]
        return sorted((one for one in both if one.recorded_at <= until), key=lambda one: one.recorded_at)

    def _is_told(self, entry: Entry) -> bool:
        if isinstance(entry.fact, EditionAdopted):
            return self.adopts
        if entry.by.role is not Role.SYSTEM:
            return True
        return (
            not isinstance(entry.fact, _DONE_AGAIN) and getattr(entry.fact, "matter", None) not in self.told_beside
        )

    def tell(self, told: Happening) -> None:
        """Of what the other edition has not let begin nothing is told."""
        if isinstance(told, ToldBeside):
            on = self._called_now(told.on)
            if on not in self.beside:
                return
            told = ToldBeside(on, told.entry)
        super().tell(told)

    def offer(self, entry: Entry, now: datetime) -> None:
        super().offer(self._as_called_now(entry), now)

    def record(self, entry: Entry, now: datetime) -> None:
        super().record(entry, now)
        self.again.add(entry)

    def _as_called_now(self, entry: Entry) -> Entry:
        """Where another number of letters went, or deadlines were missed, matters have other numbers."""
        if self.again.as_far_as_they_go(self.then):
            return entry
        told = entry.fact.model_dump()
        called = renamed(told, self._called_now)
        if called == told:
            return entry
        fact: CaseFact = type(entry.fact).model_validate(called)
        return entry.model_copy(update={"fact": fact})

    def _called_now(self, key: str) -> str:
        return called_now(key, self.then, self.again)

    def _performed(self, duty: Duty, now: datetime) -> Outcome:
        """What is not told again beside it is not begun there."""
        if isinstance(duty, SendLetter):
            return super()._performed(duty, now)
        told_again = duty.key in {self._called_now(key) for key in self.told_beside}
        return super()._performed(duty, now) if told_again else Outcome.TOLD
