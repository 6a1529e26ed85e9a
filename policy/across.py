"""What a fact on one case means for another: recorded there by the system, once, under an id made from its own."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from policy import folding
from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.conduct import PoliceTelling
from policy.consents import Said, answered, victims_agree, wants_none_told
from policy.editions import of
from policy.facts import CaseFact, Entry, Role
from policy.facts.base import Fact
from policy.facts.case_reviews import ToldInCaseReview
from policy.facts.closing import CaseClosed, Closing
from policy.facts.consent import ConsentGiven, ConsentRefused, ConsentWithdrawn, Purpose
from policy.facts.disclosing import DisclosureRecorded
from policy.facts.groups import GroupCalled, GroupMeetingArranged, GroupMeetingHeld
from policy.facts.joining import (
    CaseJoined,
    CaseSeparated,
    IncidentSeparated,
    PoliceToldWhereJoined,
    ReportJoined,
)
from policy.facts.linking import CasesLinked, CasesUnlinked, Tie
from policy.facts.needs import DomesticAbuseRecognised, NeedTold, SafeContact
from policy.facts.policing import PoliceReferralEnded, PoliceReferralMade
from policy.facts.powers import ClosureAsked, PowerAsked
from policy.facts.reporting import HatePerception, Reporter, ReportReceived
from policy.facts.safety import PartnersConsulted
from policy.folding.disclosing import police_tellings
from policy.frozen import Frozen

UNLINKED: Final = "The link has ended."
STANDS_ALONE: Final = "The case that had joined stands by itself again."
ENDED: Final = "We have finished our work on what you told us about."
"""What somebody reads whose case had joined another: never that there is another."""

SAID_THERE: Final = "As the victims say on the case that joined this one."
BROUGHT_ALONG: Final = (Purpose.POLICE, Purpose.PUBLICITY)

_POLICE_MAY_KNOW: Final[frozenset[type[Fact]]] = frozenset(
    {
        PoliceReferralMade,
        PoliceReferralEnded,
        DisclosureRecorded,
        PartnersConsulted,
        PowerAsked,
        ClosureAsked,
        GroupCalled,
        GroupMeetingArranged,
        GroupMeetingHeld,
        ToldInCaseReview,
    }
)
TELLING: Final[frozenset[type[Fact]]] = _POLICE_MAY_KNOW | frozenset(
    {
        ReportReceived,
        CaseJoined,
        CaseSeparated,
        CasesLinked,
        CasesUnlinked,
        CaseClosed,
        IncidentSeparated,
        DomesticAbuseRecognised,
        NeedTold,
        ConsentGiven,
        ConsentRefused,
        ConsentWithdrawn,
    }
)
"""Facts that may mean something for another case."""

HEARD: Final[frozenset[type[Fact]]] = frozenset(
    {
        ReportJoined,
        CasesLinked,
        CasesUnlinked,
        ConsentGiven,
        ConsentRefused,
        PoliceToldWhereJoined,
        IncidentSeparated,
        CaseClosed,
    }
)
"""What another case may hear."""


class Told(Frozen):
    """A fact that another case is to record, and under which id."""

    id: str
    ref: str
    fact: CaseFact


def told_elsewhere(file: CaseFile, entry: Entry) -> tuple[Told, ...]:
    """`file` is the case as it was before the entry. What the system records is itself an echo and has none, but
    for what a case review told.
    """
    echo = entry.by.role is Role.SYSTEM and not isinstance(entry.fact, ToldInCaseReview)
    if type(entry.fact) not in TELLING or echo:
        return ()
    told = enumerate(_facts(file, entry))
    return tuple(Told(id=echo_id(entry.id, n), ref=ref, fact=fact) for n, (ref, fact) in told)


def _facts(file: CaseFile, entry: Entry) -> Iterator[tuple[str, CaseFact]]:
    fact, now = entry.fact, entry.recorded_at
    match fact:
        case ReportReceived(follows=str(earlier), follows_closed_at=None):
            yield earlier, CasesLinked(at=now, other=file.ref, tie=Tie.FOLLOWED_BY)
        case CasesLinked():
            yield fact.other, CasesLinked(at=now, other=file.ref, tie=fact.tie.mirrored)
        case CasesUnlinked():
            tie = fact.tie.mirrored
            yield fact.other, CasesUnlinked(at=now, other=file.ref, tie=tie, reasons=UNLINKED)
        case CaseJoined():
            yield fact.into, _report_of(file, entry)
        case CaseSeparated() | DomesticAbuseRecognised() | NeedTold(safe_contact=SafeContact()) if (
            file.joined is not None and file.closed_at is None
        ):
            incident = echo_id(file.joined.about)
            yield file.joined.into, IncidentSeparated(at=now, incident=incident, reasons=STANDS_ALONE)
        case ConsentGiven() | ConsentRefused() | ConsentWithdrawn() if file.joined is not None:
            yield from ((file.joined.into, said) for said in _said_there(file, fact, now))
        case CaseClosed():
            closed = CaseClosed(at=now, closing=Closing.JOINED, reasons=ENDED, with_case=file.ref)
            yield from ((brought.from_case, closed) for brought in file.brought.values())
        case _ if (file.brought or file.parted) and type(fact) in _POLICE_MAY_KNOW:
            yield from _police_told_there(file, entry)


def _police_told_there(file: CaseFile, entry: Entry) -> Iterator[tuple[str, CaseFact]]:
    """What the police were told of everybody here while a case had joined this one, whenever that is written down,
    and what of it was taken back: that case sees to the noes of its own people. (police-with-consent)
    """
    edition = of(file.edition)
    before, after = police_tellings(file, edition), police_tellings(folding.after(file, entry, edition), edition)
    for ref, came_at, gone_at in _part_of_it(file):
        knew, knows = (_told_meanwhile(known, came_at, gone_at) for known in (before, after))
        for told in (*(one for one in knows if one not in knew), *(one for one in knew if one not in knows)):
            there = PoliceToldWhereJoined(
                at=entry.recorded_at,
                by_case=file.ref,
                to=tuple(agency.key for agency in edition.agencies if agency.police)[:1],
                told_at=told.at,
                matter=told.matter,
                decided_at=told.decided_at,
                taken_back=told in knew,
            )
            yield ref, there


def _part_of_it(file: CaseFile) -> Iterator[tuple[str, datetime, datetime | None]]:
    """The cases that have joined this one, or had: from when until when."""
    for brought in file.brought.values():
        yield brought.from_case, brought.came_at, None
    for parted in file.parted:
        yield parted.from_case, parted.came_at, parted.gone_at


def _told_meanwhile(
    tellings: Iterable[PoliceTelling], came_at: datetime, gone_at: datetime | None
) -> list[PoliceTelling]:
    """What was decided after they parted was decided about nobody there."""
    return [
        one.model_copy(update={"decided_at": None})
        if one.decided_at is not None and gone_at is not None and one.decided_at > gone_at
        else one
        for one in tellings
        if came_at < one.at and (gone_at is None or one.at <= gone_at)
    ]


def _said_there(file: CaseFile, fact: Said, now: datetime) -> Iterator[Said]:
    """What is new of it for the other case. A no to every agency that was taken back keeps nobody from telling the
    police there; of hate they were asked before it joined.
    """
    after = answered(file, fact, now)
    for purpose in BROUGHT_ALONG:
        agreed, before = _agreed_there(after, purpose), _agreed_there(file, purpose)
        if agreed is None and before is False:
            agreed = True
        if agreed is not None and (fact.purpose is purpose or agreed is not before):
            said = ConsentGiven if agreed else ConsentRefused
            yield said(at=now, purpose=purpose, words=SAID_THERE, from_case=file.ref)


def _agreed_there(file: CaseFile, purpose: Purpose) -> bool | None:
    """Where one of them wants no agency told, the other case cannot ask them about the police."""
    if purpose is Purpose.POLICE and wants_none_told(file):
        return False
    return victims_agree(file, purpose)


def _report_of(file: CaseFile, entry: Entry) -> ReportJoined:
    hate = file.hate
    told = hate and HatePerception(
        strands=hate.strands, perceived_by=hate.perceived_by, offence_alleged=hate.offence_alleged
    )
    return ReportJoined(
        at=file.reported_at or entry.at,
        from_case=file.ref,
        categories=file.categories,
        reports=file.reports,
        hate=told,
        hate_since=hate.since if hate else None,
        serious_since=file.serious_since,
        police_advised_at=file.police_advised_at,
        appointment_offered_at=file.appointment_offered_at,
        crime_alleged=file.police.crime_alleged,
        police_agreed=_agreed_there(file, Purpose.POLICE),
        publicity_agreed=_agreed_there(file, Purpose.PUBLICITY),
    )


def as_carefully(told: ReportReceived, earlier: CaseFile) -> ReportReceived:
    """A report made of what was told on an earlier case is of the same person: reached in a safe way alone where
    only that may be used there, and not at all where they want no contact. Whoever is abused is a victim, as which
    they report. (domestic-abuse, section 4)
    """
    safe = earlier.safe_ways.get(COMPLAINANT)
    abused = COMPLAINANT in earlier.domestic_abuse
    return told.model_copy(
        update={
            "reporter": Reporter.VICTIM if abused else told.reporter,
            "safe_contact": safe and SafeContact.model_validate(safe.model_dump(exclude={"told_at"})),
            "domestic_abuse": abused,
            "no_contact": earlier.wish.no_contact_since is not None,
        }
    )


def echo_id(id_: str, number: int = 0) -> str:
    """The id, shaped as a UUID, of what follows elsewhere from the fact of this id."""
    digits = hashlib.sha256(f"{id_}/{number}".encode()).hexdigest()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))
