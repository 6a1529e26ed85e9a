"""What is refused of a record's way to erasure. Nothing has changed then."""

from collections.abc import Iterable

from policy.editions import Edition
from policy.facts.base import Role
from policy.journal import Note
from policy.legal_action.periods import months_from
from policy.refusals.retention import (
    AlreadyErased,
    ApprovedAlready,
    ErasureNotProposed,
    HeldFromErasure,
    HoldOfDataProtection,
    LiftedItsHold,
    NoSuchHold,
    NotForItsOfficer,
    ProposedAlready,
    RefusedForTooLong,
    TooSoonToErase,
)
from policy.retention import facts
from policy.retention.facts import HoldReason
from policy.retention.record import ALONE, Around, RetentionFile, State
from policy.retention.stopping import HOLD_IN_WORDS
from policy.working_days import day_in_words, listed, london_day


def check(file: RetentionFile, note: Note, edition: Edition, around: Around = ALONE) -> None:
    """`around` is needed to approve it. Raises Refused."""
    if file.state is State.ERASED:
        raise AlreadyErased("This has been erased. Nothing of it can be brought back or decided.")
    match note.fact:
        case facts.HoldLifted(hold=hold):
            _may_be_lifted(file, hold, note)
        case facts.ErasureProposed():
            _not_held(file.holds.values())
            if file.proposal is not None:
                raise ProposedAlready("This has been proposed already.")
        case facts.ErasureApproved():
            _to_be_decided(file, note, around)
        case facts.ErasureRefused():
            _not_for_ever(file, note, edition)
        case facts.ErasureLapsed():
            _is_approved(file)
        case facts.Erased():
            _may_be_carried_out(file, note, edition)


def _may_be_lifted(file: RetentionFile, hold: str, note: Note) -> None:
    if hold not in file.holds:
        raise NoSuchHold("There is no such hold, or it was lifted already.", missing=("which hold",))
    if hold in file.protected and note.by.role is not Role.DATA_PROTECTION:
        raise HoldOfDataProtection(
            "The data protection officer placed this hold, so a data protection officer lifts it.",
            missing=("the data protection officer",),
        )


def _not_held(reasons: Iterable[HoldReason]) -> None:
    if held := dict.fromkeys(reasons):
        why = listed([HOLD_IN_WORDS[reason] for reason in held])
        raise HeldFromErasure(f"This is held: {why}. Lift the hold first.", missing_facts=("hold_lifted",))


def _is_proposed(file: RetentionFile) -> None:
    if file.proposal is None:
        raise ErasureNotProposed("Nobody has proposed to erase this: it is kept for now.")


def _is_approved(file: RetentionFile) -> None:
    _is_proposed(file)
    if file.state is not State.APPROVED:
        raise ErasureNotProposed("Nobody has approved this.", missing_facts=("erasure_approved",))


def _to_be_decided(file: RetentionFile, note: Note, around: Around) -> None:
    _is_proposed(file)
    _not_held((*file.holds.values(), *around.held))
    if around.needed_until is not None:
        raise HeldFromErasure(f"Somebody needs some of this until {day_in_words(around.needed_until)}.")
    if file.state is State.APPROVED:
        raise ApprovedAlready("Somebody has approved this already.")
    if note.by.id in {file.proposal and file.proposal.officer, *around.worked_on_it}:
        raise NotForItsOfficer(
            "You have worked on this, so somebody who has not decides whether it is erased; a manager where every "
            "supervisor has.",
            missing=("another person",),
        )
    if note.by.id in {file.lifted_by, *around.lifted_by}:
        raise LiftedItsHold(
            "You lifted the last hold on this, or on what belongs to it, so somebody else decides whether it is "
            "erased.",
            missing=("another person",),
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
    _not_held(file.holds.values())
    _is_approved(file)
    since = file.erased_from(edition)
    if since is not None and london_day(note.recorded_at) < since:
        raise TooSoonToErase(f"Until {day_in_words(since)} somebody may still refuse this.")
