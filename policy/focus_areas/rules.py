"""What the policy refuses of a focus area. Nothing has changed then."""

from policy.focus_areas import facts
from policy.focus_areas.file import Counting, FocusAreaFile, State
from policy.journal import Note
from policy.refusals.focus_areas import (
    DecidedBeforeItWasProposed,
    FocusAreaIsDecided,
    FocusAreaNotUnderWay,
    ReviewedBeforeItBegan,
    ReviewsTooFarApart,
)
from policy.working_days import day_in_words, london_day, moment_in_words

_STANDS = {
    State.PROPOSED: "Nobody has decided on it yet: accept it first.",
    State.REFUSED: "It was refused, so nothing goes on there.",
    State.ENDED: "It has ended.",
}


def check(file: FocusAreaFile, note: Note, counting: Counting) -> None:
    """Raises Refused."""
    match note.fact:
        case facts.FocusAreaAccepted(every_working_days=every):
            _to_be_decided(file, note)
            _often_enough(every, counting)
        case facts.FocusAreaRefused():
            _to_be_decided(file, note)
        case facts.FocusAreaReviewed(every_working_days=every):
            _under_way(file, note)
            _often_enough(every, counting)
        case facts.FocusAreaEnded():
            _under_way(file, note)


def _to_be_decided(file: FocusAreaFile, note: Note) -> None:
    """After the days that it was proposed for, so that they are never counted as how it goes since."""
    if file.state is not State.PROPOSED and file.decided_at is not None:
        raise FocusAreaIsDecided(f"This was decided on {moment_in_words(file.decided_at)}.")
    if file.numbers is not None and london_day(note.at) <= file.numbers.last:
        raise DecidedBeforeItWasProposed(
            f"It was proposed for what we counted up to {day_in_words(file.numbers.last)}: name a later day."
        )


def _under_way(file: FocusAreaFile, note: Note) -> None:
    if file.state is not State.UNDER_WAY:
        raise FocusAreaNotUnderWay(f"This is no focus area now. {_STANDS[file.state]}")
    if file.decided_at is not None and note.at < file.decided_at:
        raise ReviewedBeforeItBegan(f"It became a focus area on {moment_in_words(file.decided_at)}, after that.")


def _often_enough(every: int | None, counting: Counting) -> None:
    longest = counting.longest()
    if every is not None and every > longest:
        raise ReviewsTooFarApart(f"A focus area is reviewed at least every {longest} working days.")
