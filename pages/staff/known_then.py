"""A case's letters and evidence as they stood at an earlier moment, from what was recorded by then."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from pages.staff.evidence import STATES
from pages.staff.letter_states import BECAME
from policy.facts.letters import LetterKind
from policy.frozen import Frozen
from store.evidence_custody import CustodyLine, Handled
from store.evidence_files import EvidenceLine, FileState
from store.letters import LetterLine, LetterState
from store.timeline import TimelineEntry

_BY_FACT: Final = {
    "letter_sent": LetterState.SENT,
    "letter_not_sent": LetterState.NOT_SENT,
    "letter_ready_to_post": LetterState.TO_POST,
    "letter_refused": LetterState.REFUSED,
    "letter_in_doubt": LetterState.IN_DOUBT,
    "letter_came_back": LetterState.CAME_BACK,
}
_NOT_MADE: Final = "not made yet"
_CLEAN: Final = "clean"


class LetterThen(Frozen):
    """`made_at` is None where it had not been made."""

    key: str
    called: str
    made_at: datetime | None
    state: str


class FileThen(Frozen):
    """`named` where somebody had said what it is."""

    name: str
    kind: str
    added_at: datetime
    state: str
    named: bool


def letters_then(
    made: Sequence[LetterLine], waiting: Sequence[str], counted: Sequence[TimelineEntry], moment: datetime
) -> list[LetterThen]:
    """`waiting` are keys of those that were owed, `counted` the entries that make the case as it was."""
    made_at = {one.key: one.composed_at for one in made if one.composed_at <= moment}
    states = {
        one.content["key"]: BECAME[_BY_FACT[one.fact]] for one in counted if one.content and one.fact in _BY_FACT
    }
    return [
        LetterThen(
            key=key,
            called=_called(key),
            made_at=made_at.get(key),
            state=states.get(key, BECAME[LetterState.COMPOSED] if key in made_at else _NOT_MADE),
        )
        for key in dict.fromkeys((*made_at, *states, *waiting))
    ]


def files_then(
    files: Sequence[EvidenceLine],
    custody: Mapping[str, Sequence[CustodyLine]],
    counted: Sequence[TimelineEntry],
    moment: datetime,
) -> Iterator[FileThen]:
    """Those that had come by then, in the order in which they came."""
    matters = {f"evidence-{one.seq}" for one in counted}
    for one in files:
        if one.added_at <= moment:
            state = STATES[_state(one, [line for line in custody.get(one.id, ()) if line.at <= moment])]
            named = one.matter in matters
            yield FileThen(name=one.name, kind=one.kind, added_at=one.added_at, state=state, named=named)


def _state(one: EvidenceLine, by_then: Sequence[CustodyLine]) -> FileState:
    """By what had been done with it. What was erased since keeps no name."""
    if any(line.what in {Handled.DELETED, Handled.REMOVED} for line in by_then):
        return FileState.ERASED
    scanned = [line.found for line in by_then if line.what is Handled.SCANNED]
    if scanned:
        return FileState.CLEAN if scanned[-1] == _CLEAN else FileState.INFECTED
    return FileState.NOT_SCANNED if one.state is FileState.NOT_SCANNED else FileState.QUARANTINED


def _called(key: str) -> str:
    kinds = [one for one in LetterKind if key == one or key.startswith(f"{one}-")]
    return max(kinds, key=len).called if kinds else key.replace("-", " ")
