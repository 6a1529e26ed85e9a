"""Letters that somebody asks for, holds, words or lets go. (needs-met, regular-contact, clear-consequences)"""

from collections.abc import Callable, Mapping
from typing import Final

from policy.case_file import CaseFile
from policy.company import COMPLAINANT, called
from policy.editions import Edition
from policy.facts.consequences import ABOUT
from policy.facts.letters import (
    TAKES_OWN_WORDS,
    LetterAskedFor,
    LetterHeld,
    LetterKind,
    LetterReleased,
    LetterWorded,
)
from policy.facts.matters import MatterKind
from policy.letters_owed import LetterOwed, LetterState
from policy.matters.warnings import APPROVED
from policy.refusals import KeyDoesNotFit, LetterMayIdentify, LetterNotOwed, PersonCannotBeWrittenTo
from policy.rules.serving import may_go_on, sees_it_through

_HELD: Final = "is held"
_CAN_BE_HELD: Final = "can be held"


def _of(kind: MatterKind) -> Callable[[CaseFile], list[str]]:
    return lambda file: [key for key, matter in file.matters.items() if matter.kind is kind]


def _to_be_served(file: CaseFile) -> list[str]:
    return [key for key in _of(MatterKind.NOTICE)(file) if file.matters[key].stage == APPROVED]


_SPEAKS_OF: Final[Mapping[LetterKind, tuple[str, Callable[[CaseFile], list[str]]]]] = {
    LetterKind.AGREEMENT: ("agreement", _of(MatterKind.AGREEMENT)),
    LetterKind.HEARING: ("hearing", lambda file: [key for key in file.hearings if key in file.matters]),
    LetterKind.NOTICE_COVER: ("notice that was agreed to", _to_be_served),
}
"""What must be named, by its key."""

_TO_OTHERS: Final = frozenset({LetterKind.AGREEMENT, LetterKind.NOTICE_COVER})


def some_can_be_asked_for(file: CaseFile, edition: Edition) -> None:
    """The complainant can be told how things stand; anybody else is sent an agreement or a notice."""
    if _is_written_to(file, COMPLAINANT):
        return
    agreements, notices = _of(MatterKind.AGREEMENT)(file), _to_be_served(file)
    standing = [key for key in notices if "warning_served" in sees_it_through(file, key, edition)]
    if not any(_is_written_to(file, one) for key in (*agreements, *standing) for one in _readers(file, key)):
        raise PersonCannotBeWrittenTo(
            "There is no letter that could be asked for: we have no address of the complainant, nor of anybody to "
            "whom an agreement or a notice is to go.",
            missing=("an address to write to",),
        )


def _readers(file: CaseFile, key: str) -> tuple[str, ...]:
    matter = file.matters[key]
    return (matter.person or ABOUT, *matter.signed_by)


def _is_written_to(file: CaseFile, person: str) -> bool:
    if person == COMPLAINANT:
        return file.writes_by is not None or file.withheld
    return person in file.others_with_address


def can_be_asked_for(file: CaseFile, fact: LetterAskedFor, edition: Edition) -> None:
    """To somebody who can be written to and for whom it is, about something that is so. A notice that waits for a
    meeting about a disability is not sent. (disability-meeting)
    """
    _has_an_address(file, fact.person)
    is_theirs = fact.kind in _TO_OTHERS if fact.person != COMPLAINANT else fact.kind is not LetterKind.NOTICE_COVER
    if not is_theirs:
        raise PersonCannotBeWrittenTo(f"The {fact.kind.called} is not for {called(fact.person)}.")
    if fact.kind in _SPEAKS_OF:
        what, known = _SPEAKS_OF[fact.kind]
        keys = known(file)
        if fact.about not in keys:
            there_are = f"There are: {', '.join(keys)}." if keys else f"There is no {what} on this case."
            raise KeyDoesNotFit(f"Say which {what} it is about. {there_are}", missing=(f"which {what}",))
        if fact.kind in _TO_OTHERS and fact.person not in {*_readers(file, fact.about), COMPLAINANT}:
            raise KeyDoesNotFit(f"{fact.about} is not for {called(fact.person)}.")
        if fact.kind is LetterKind.NOTICE_COVER:
            may_go_on(file, fact.about, fact.at, edition)
    _nobody_is_given_away(fact.person, nothing_identifies=fact.nothing_identifies)


def _has_an_address(file: CaseFile, person: str) -> None:
    if not _is_written_to(file, person):
        raise PersonCannotBeWrittenTo(
            f"No letter can go: we know of no address of {called(person)}.", missing=("an address to write to",)
        )


def _nobody_is_given_away(person: str, *, nothing_identifies: bool) -> None:
    if person != COMPLAINANT and not nothing_identifies:
        raise LetterMayIdentify(
            "Read it again: nothing in it may give away who complained. Then say that this is so.",
            missing=("that nothing in it gives away who complained",),
        )


def some_can_be_held(file: CaseFile) -> None:
    if not _held_or(file, _CAN_BE_HELD):
        raise LetterNotOwed("No letter on this case can be held: none is to go, or it is an acknowledgement.")


def some_is_held(file: CaseFile) -> None:
    if not _held_or(file, _HELD):
        raise LetterNotOwed("No letter on this case is held.")


def some_can_be_worded(file: CaseFile) -> None:
    some_is_held(file)
    if not any(one.kind in TAKES_OWN_WORDS for one in _held_or(file, _HELD).values()):
        raise LetterNotOwed(
            "No letter that is held has words of your own: each says what was recorded. Record that again."
        )


def can_be_held(file: CaseFile, fact: LetterHeld) -> None:
    """An acknowledgement never is."""
    _is_one_of(file, fact.key, _CAN_BE_HELD)


def is_held(file: CaseFile, fact: LetterReleased) -> None:
    _is_one_of(file, fact.key, _HELD)


def can_be_worded(file: CaseFile, fact: LetterWorded) -> None:
    """Where the letter has a place for that. What was recorded as a reason or a decision is corrected there."""
    letter = _is_one_of(file, fact.key, _HELD)
    if letter.kind not in TAKES_OWN_WORDS:
        raise LetterNotOwed(
            f"The {letter.kind.called} has no words of your own: it says what was recorded. Record that again."
        )
    _nobody_is_given_away(letter.to, nothing_identifies=fact.nothing_identifies)


def _held_or(file: CaseFile, what: str) -> dict[str, LetterOwed]:
    is_held = {key: one for key, one in file.letters.items() if one.state is LetterState.HELD}
    return is_held if what == _HELD else {key: one for key, one in file.letters.items() if one.can_be_held}


def _is_one_of(file: CaseFile, key: str, what: str) -> LetterOwed:
    letters = _held_or(file, what)
    if key not in letters:
        those = "; ".join(f"{one.kind.called} ({name})" for name, one in letters.items()) or "none"
        raise LetterNotOwed(f"There is no letter {key} that {what}. There is: {those}.")
    return letters[key]
