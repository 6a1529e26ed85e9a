"""What is refused of a record's way to erasure. Nothing has changed then."""

from policy.editions import Edition
from policy.journal import Note
from policy.legal_action.periods import months_from
from policy.refusals.retention import (
    AlreadyErased,
    ApprovedAlready,
    ErasureNotProposed,
    HeldFromErasure,
    NoSuchHold,
    NotForItsOfficer,
    ProposedAlready,
    RefusedForTooLong,
    TooSoonToErase,
)
from policy.retention import facts
from policy.retention.record import RetentionFile, State
from policy.retention.stopping import HOLD_IN_WORDS
from policy.working_days import day_in_words, listed, london_day


def check(file: RetentionFile, note: Note, edition: Edition) -> None:
    """Raises Refused."""
    if file.state is State.ERASED:
        raise AlreadyErased("This has been erased. Nothing of it can be brought back or decided.")
    match note.fact:
        case facts.HoldLifted(hold=hold):
            if hold not in file.holds:
                raise NoSuchHold("There is no such hold, or it was lifted already.", missing=("which hold",))
        case facts.ErasureProposed():
            _not_held(file)
            if file.proposal is not None:
                raise ProposedAlready("This has been proposed already.")
        case facts.ErasureApproved():
            _to_be_decided(file, note)
        case facts.ErasureRefused():
            _not_for_ever(file, note, edition)
        case facts.Erased():
            _may_be_carried_out(file, note, edition)


def _not_held(file: RetentionFile) -> None:
    if file.holds:
        why = listed([HOLD_IN_WORDS[reason] for reason in dict.fromkeys(file.holds.values())])
        raise HeldFromErasure(f"This is held: {why}. Lift the hold first.", missing_facts=("hold_lifted",))


def _is_proposed(file: RetentionFile) -> None:
    if file.proposal is None:
        raise ErasureNotProposed("Nobody has proposed to erase this: it is kept for now.")


def _to_be_decided(file: RetentionFile, note: Note) -> None:
    _is_proposed(file)
    _not_held(file)
    if file.state is State.APPROVED:
        raise ApprovedAlready("Somebody has approved this already.")
    if file.proposal is not None and note.by.id == file.proposal.officer:
        raise NotForItsOfficer(
            "You had this case, so somebody else decides whether it is erased.", missing=("another person",)
        )


def _not_for_ever(file: RetentionFile, note: Note, edition: Edition) -> None:
    _is_proposed(file)
    if not isinstance(note.fact, facts.ErasureRefused):
        return
    today, most = london_day(note.recorded_at), edition.retention.longest_refusal_months
    latest = months_from(today, most)
    if not today < note.fact.until <= latest:
        raise RefusedForTooLong(
            f"Say until which day it is still needed: after today, and no later than {day_in_words(latest)}. "
            "Then somebody looks at it again.",
            missing=("a day by which to look again",),
        )


def _may_be_carried_out(file: RetentionFile, note: Note, edition: Edition) -> None:
    _is_proposed(file)
    _not_held(file)
    since = file.erased_from(edition)
    if since is None:
        raise ErasureNotProposed("Nobody has approved this.", missing_facts=("erasure_approved",))
    if london_day(note.recorded_at) < since:
        raise TooSoonToErase(f"Until {day_in_words(since)} somebody may still refuse this.")
