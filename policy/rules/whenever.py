"""What holds for every fact: its time, and whether the case is still open."""

from collections.abc import Mapping
from typing import Final

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.base import Fact
from policy.facts.case_reviews import ToldInCaseReview
from policy.facts.closing import CaseClosed
from policy.facts.consent import ConsentGiven, ConsentRefused, ConsentWithdrawn
from policy.facts.contact import ComplainantDetailsTold, ContactMade
from policy.facts.disclosing import AgencyToldOfRefusal
from policy.facts.hearings import AT_HEARINGS, WitnessSupported
from policy.facts.importing import CaseImported
from policy.facts.joining import CaseSeparated, PoliceToldWhereJoined
from policy.facts.letters import (
    LetterCameBack,
    LetterHeld,
    LetterHeldUp,
    LetterInDoubt,
    LetterNotSent,
    LetterReadyToPost,
    LetterRefused,
    LetterReleased,
    LetterSent,
    LetterWorded,
)
from policy.facts.linking import CasesLinked, CasesUnlinked
from policy.facts.needs import DomesticAbuseRecognised, NeedEnded, NeedTold
from policy.facts.parts import Part, PersonIdentified, PersonJoined, PersonLeft
from policy.facts.people import Means
from policy.facts.policing import PoliceToldOfWithdrawal
from policy.facts.reporting import IncidentReported, ReportReceived
from policy.facts.ruling import ClosureDaysAdopted, DeadlineMissed, EditionAdopted
from policy.facts.wishing import ContactDeclined, ContactWanted
from policy.letters_owed import LetterOwed, LetterState
from policy.matters import stage_of
from policy.refusals import (
    CaseAlreadyReported,
    CaseIsClosed,
    CaseIsJoined,
    FactBeforeTheReport,
    LetterNotOwed,
)
from policy.working_days import moment_in_words

_OF_LETTERS = (
    *(LetterHeld, LetterReleased, LetterWorded, LetterCameBack),
    *(LetterSent, LetterNotSent, LetterHeldUp, LetterReadyToPost, LetterRefused, LetterInDoubt),
)

_WHENEVER_CLOSED = (*_OF_LETTERS, DeadlineMissed, ToldInCaseReview, PoliceToldWhereJoined)

_HOW_TO_REACH_THEM = (
    ComplainantDetailsTold,
    NeedTold,
    NeedEnded,
    ContactDeclined,
    ContactWanted,
)
"""What a letter that is still to go obeys, also on a case at rest. Abuse is told where somebody helps them: on a
joined case, which stands by itself again, and not on a closed one. (domestic-abuse, section 4)
"""

_AT_HEARINGS: Final = (WitnessSupported, PersonJoined, PersonIdentified, PersonLeft)

_NEXT: Final = "Whatever happens now, or is needed now, is told as a new report."
_NEXT_FOR: Final[Mapping[type[Fact], str]] = {
    IncidentReported: "A new incident is a new report.",
    CasesLinked: "Link it from the other case, if that one is open.",
    DomesticAbuseRecognised: "Tell it as a new report, so that they are helped at once. Which way is safe for a "
    "letter that is still to go, or that none is, is told as a need.",
}

_WHILE_JOINED = (
    *_OF_LETTERS,
    *_HOW_TO_REACH_THEM,
    DomesticAbuseRecognised,
    DeadlineMissed,
    CaseSeparated,
    CaseClosed,
    CasesLinked,
    CasesUnlinked,
    EditionAdopted,
    ClosureDaysAdopted,
    AgencyToldOfRefusal,
    PoliceToldOfWithdrawal,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    ToldInCaseReview,
    PoliceToldWhereJoined,
)


def not_before_the_report(file: CaseFile, entry: Entry) -> None:
    if file.reported_at is not None and entry.at < file.reported_at:
        raise FactBeforeTheReport(
            f"This is dated {moment_in_words(entry.at)}, before the report of {moment_in_words(file.reported_at)}:"
            " check the date."
        )


def case_takes(file: CaseFile, kind: type[Fact]) -> None:
    """A closed case takes only what became of its letters, what its clock noticed, what outlives it, and while
    something is still to go how it may reach them; one that has joined another also what may separate it, what its
    people agree to, and what its letters and clocks need. Either takes support at hearings, and who comes to them.
    """
    if kind is ReportReceived and file.reported_at is not None:
        raise CaseAlreadyReported("This case already has its report. Record a further incident instead.")
    if kind is CaseImported and file.reported_at is not None:
        raise CaseAlreadyReported("A case is brought here once, with its report: not one that is carried on here.")
    if not file.at_rest:
        return
    outlives = any(stage_of(matter).is_open_to(kind) for matter in file.matters.values())
    reaches = kind in _HOW_TO_REACH_THEM and not file.finished
    tells = kind is ContactMade and any(one.state is LetterState.TO_TELL for one in file.letters.values())
    supports = kind in _AT_HEARINGS and file.owes(*AT_HEARINGS)
    hears = (kind is AgencyToldOfRefusal and file.owes("disclosure-refusal")) or (
        kind is PoliceToldOfWithdrawal and file.owes("police-withdrawal")
    )
    taken = outlives or reaches or tells or supports or hears or kind in _WHENEVER_CLOSED
    if file.closed_at is not None and not taken:
        raise CaseIsClosed(
            f"The case was closed on {moment_in_words(file.closed_at)}. {_NEXT_FOR.get(kind, _NEXT)}"
        )
    if (
        file.joined is not None
        and file.closed_at is None
        and kind not in _WHILE_JOINED
        and not (outlives or supports)
    ):
        raise CaseIsJoined(f"This case has been joined to {file.joined.into}: record it there.")


def comes_to_a_hearing(file: CaseFile, fact: PersonJoined | PersonIdentified | PersonLeft) -> None:
    """At rest only who is a witness there, or owed support at it, is of use. (witness-care, section 4)"""
    if not file.at_rest:
        return
    if isinstance(fact, PersonJoined):
        if fact.part is Part.WITNESS:
            return
    elif fact.key != COMPLAINANT and any(f"{one}:{fact.key}" in file.clocks for one in _hearings(file)):
        return
    only = "What can still be told here is who is a witness at the hearing, and who no longer is."
    if file.closed_at is None and file.joined is not None:
        raise CaseIsJoined(f"This case has been joined to {file.joined.into}: record it there. {only}")
    raise CaseIsClosed(f"The case was closed. {_NEXT} {only}")


def _hearings(file: CaseFile) -> list[str]:
    """What is owed at each may be called: `hearing-before:legal-action-3`."""
    return [f"{name}:{key}" for key in file.hearings for name in AT_HEARINGS]


def need_is_of_letters(file: CaseFile, fact: NeedTold, edition: Edition) -> None:
    """At rest only how they are reached is of use: what makes them vulnerable is told where their risk is seen to.
    (vulnerability-and-adjustments, sections 4 and 6)
    """
    if not file.at_rest or fact.safe_contact is not None:
        return
    if (fact.adjustments or fact.means or fact.language) and not edition.needs.is_vulnerable(fact.kind):
        return
    only = "What can still be told here is a safe way of contact, or in which form they need their letters."
    if file.joined is not None and file.closed_at is None:
        raise CaseIsJoined(f"This case has been joined to {file.joined.into}: record it there. {only}")
    raise CaseIsClosed(f"The case was closed: tell it as a new report, so that somebody helps them. {only}")


def a_letter_waits(file: CaseFile) -> None:
    if not _waiting(file):
        raise LetterNotOwed("No letter on this case is waiting to be posted or looked into.")


def this_letter_waits(file: CaseFile, fact: LetterSent | LetterNotSent, *, by_system: bool) -> None:
    """What the system is still sending is not for anybody else to record. (acknowledge, section 5)"""
    letter = file.letters.get(fact.key)
    if letter is None:
        raise LetterNotOwed(f"No letter that is still to go is called {fact.key}. {_waiting_letters(file)}")
    if letter.state is LetterState.OWED and not by_system:
        raise LetterNotOwed(
            f"The {letter.kind.called} is sent by the system, which records it. {_waiting_letters(file)}"
        )
    if letter.state is LetterState.HELD and not by_system:
        raise LetterNotOwed(f"The {letter.kind.called} is held: let it go first, and the system sends it.")
    if fact.at < letter.since:
        raise LetterNotOwed(
            f"This letter was made out on {moment_in_words(letter.since)}, not before: check the date."
        )
    ways = {Means.TEXT} if letter.is_text else {Means.POST, Means.EMAIL}
    if isinstance(fact, LetterSent) and fact.means not in ways:
        if letter.is_text:
            raise LetterNotOwed("This is a text message: say that it went by text.")
        raise LetterNotOwed("A letter goes by post or by e-mail: say by which it went.")


def this_letter_had_gone(file: CaseFile, fact: LetterCameBack) -> None:
    """Or may have: that it came back says so."""
    letter = file.letters.get(fact.key)
    if letter is not None and letter.state is not LetterState.IN_DOUBT:
        raise LetterNotOwed(f"The {letter.kind.called} has not gone yet, so it cannot have come back.")


def _waiting(file: CaseFile) -> dict[str, LetterOwed]:
    by_itself = {LetterState.OWED, LetterState.HELD}
    return {key: letter for key, letter in file.letters.items() if letter.state not in by_itself}


def _waiting_letters(file: CaseFile) -> str:
    """`Waiting for you: closing letter (closing-letter-4).`"""
    waiting = [f"{v.kind.called} ({k})" for k, v in _waiting(file).items()]
    return f"Waiting for you: {'; '.join(waiting)}." if waiting else "None is waiting for you."
