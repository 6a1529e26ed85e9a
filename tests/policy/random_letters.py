"""Letters that are asked for, held, worded and let go, sensibly or not."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.facts import CaseFact
from policy.facts.consequences import ABOUT
from policy.facts.letters import (
    TAKES_OWN_WORDS,
    LetterAskedFor,
    LetterHeld,
    LetterKind,
    LetterReleased,
    LetterSent,
    LetterWorded,
)
from policy.facts.matters import MatterKind
from policy.facts.people import Means
from policy.letters_owed import LetterState
from tests.policy import happenings as h

KINDS: Final = (LetterKind.UPDATE, LetterKind.AGREEMENT, LetterKind.HEARING, LetterKind.NOTICE_COVER)


def asked_for(
    at: datetime,
    kind: LetterKind = LetterKind.UPDATE,
    about: str | None = None,
    person: str = COMPLAINANT,
    **more: object,
) -> LetterAskedFor:
    told = {"at": at, "kind": kind, "about": about, "person": person, "own_words": "We rang them."} | more
    return LetterAskedFor.model_validate(told)


def held(at: datetime, key: str) -> LetterHeld:
    return LetterHeld(at=at, key=key, reasons="To be read first.")


def released(at: datetime, key: str) -> LetterReleased:
    return LetterReleased(at=at, key=key)


def worded(at: datetime, key: str) -> LetterWorded:
    return LetterWorded(at=at, key=key, own_words="Ring the bell twice.", nothing_identifies=True)


def sent(at: datetime, key: str) -> LetterSent:
    return h.sent(at, key).model_copy(update={"means": Means.POST})


def _one(names: list[str], pick: int) -> str:
    return names[pick % len(names)] if names else "no-letter"


def _asked_for(file: CaseFile, at: datetime, pick: int) -> LetterAskedFor:
    about = (None, *file.matters)[pick % (len(file.matters) + 1)]
    person = (COMPLAINANT, ABOUT)[pick % 2]
    return asked_for(at, KINDS[pick % 4], about, person, nothing_identifies=pick % 3 > 0, held=pick % 5 == 0)


BUILDERS: Final[dict[str, Callable[[CaseFile, datetime, int], CaseFact]]] = {
    "letter_asked_for": _asked_for,
    "letter_held": lambda file, at, pick: held(at, _one([*file.letters], pick)),
    "letter_released": lambda file, at, pick: released(at, _one([*file.letters], pick)),
    "letter_worded": lambda file, at, pick: worded(at, _one([*file.letters], pick)),
}


def sensible(kind: str, file: CaseFile, at: datetime) -> list[CaseFact]:
    """All that an officer might record of this kind in earnest."""
    waits = [key for key, one in file.letters.items() if one.state is LetterState.HELD]
    match kind:
        case "letter_held":
            return [held(at, key) for key, one in file.letters.items() if one.can_be_held]
        case "letter_released":
            return [released(at, key) for key in waits]
        case "letter_worded":
            return [worded(at, key) for key in waits if file.letters[key].kind in TAKES_OWN_WORDS]
    found: list[CaseFact] = [asked_for(at), asked_for(at, held=True)]
    found += [asked_for(at, LetterKind.HEARING, key) for key in file.hearings]
    for key, matter in file.matters.items():
        about = {MatterKind.AGREEMENT: LetterKind.AGREEMENT, MatterKind.NOTICE: LetterKind.NOTICE_COVER}
        if matter.kind in about:
            found.append(asked_for(at, about[matter.kind], key, matter.person or ABOUT, nothing_identifies=True))
    return found
