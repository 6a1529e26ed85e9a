"""Which cases may join or be linked, and what may be separated again. Two files where two cases are meant."""

from typing import Final

from policy.case_file import CaseFile
from policy.company import Link
from policy.consents import Said
from policy.deadlines.risk import at_high_risk
from policy.editions import Edition
from policy.facts import Entry, Role
from policy.facts.closing import CaseClosed, Closing
from policy.facts.joining import CaseJoined, IncidentSeparated, ReportJoined
from policy.facts.linking import CasesLinked, CasesUnlinked, Tie
from policy.refusals import (
    CaseIsJoined,
    CaseNotJoined,
    CasesNotJoinable,
    CasesNotLinkable,
    CasesNotLinked,
    IncidentNotSeparable,
)
from policy.rules.closing_requirements import open_matters, still_owed
from policy.working_days import moment_in_words

_STAYS_APART: Final = (
    "This case stays apart, since it has domestic abuse, a safe way of contact or somebody at high risk: "
    "link it to the other instead."
)

_OF_ITS_PEOPLE: Final = frozenset(
    {
        "reassessment",
        "second-look",
        "police-consent",
        "police-withdrawal",
        "disclosure-refusal",
        "police-advice",
        "appointment",
        "safety",
        "support-offer",
        "risk-assessment",
        "emergency-accommodation",
        "victim-found",
        "hearing-before",
        "hearing-during",
        "hearing-after",
    }
)
"""What a case owes to its own people, and the other would not see to: that one has people of its own."""


def may_join(file: CaseFile, edition: Edition) -> None:
    """Never where it could cost somebody their safety. (serious-safety, domestic-abuse)"""
    if file.brought:
        held = ", ".join(brought.from_case for brought in file.brought.values())
        raise CasesNotJoinable(
            f"Another case has joined this one: {held}. Separate it first, or join the other case to this one."
        )
    if file.domestic_abuse or file.safe_ways or at_high_risk(file, edition):
        raise CasesNotJoinable(_STAYS_APART)
    if owed := [one.words for one in still_owed(file, _OF_ITS_PEOPLE)]:
        raise CasesNotJoinable(f"This is still owed to the people of this case: {', '.join(owed)}.")
    if still_open := [one.sentence for one in open_matters(file)]:
        raise CasesNotJoinable(f"First bring to an end: {'; '.join(still_open)}.")


def joins_another(file: CaseFile, fact: CaseJoined, edition: Edition) -> None:
    may_join(file, edition)
    if fact.into == file.ref:
        raise CasesNotJoinable("A case is not joined to itself.")
    _no_counter_allegation(file, fact.into)


def takes_report(file: CaseFile, fact: ReportJoined) -> None:
    _no_counter_allegation(file, fact.from_case)


def _no_counter_allegation(file: CaseFile, other: str) -> None:
    """(counter-allegations)"""
    if Link(other=other, tie=Tie.COUNTER_ALLEGATION) in file.links:
        raise CasesNotJoinable(f"{other} is the counter-allegation to this case: they stay two cases.")


def other_takes_it(other: CaseFile | None, fact: CaseJoined) -> None:
    """Asked where both cases are known, before the first of them records it."""
    if other is None:
        raise CasesNotJoinable(f"There is no case {fact.into}.")
    if other.closed_at is not None:
        raise CasesNotJoinable(
            f"{other.ref} was closed on {moment_in_words(other.closed_at)}: link this case to it instead."
        )
    if other.joined is not None:
        raise CasesNotJoinable(
            f"{other.ref} has itself been joined to {other.joined.into}: join this one to that."
        )


def other_can_be_linked(other: CaseFile | None, fact: CasesLinked) -> None:
    if other is None:
        raise CasesNotLinkable(f"There is no case {fact.other}.")


def is_joined(file: CaseFile) -> None:
    if file.joined is None:
        raise CaseNotJoined("This case has not been joined to another.")


def closes_with_its_case(file: CaseFile, fact: CaseClosed, entry: Entry) -> None:
    """A joined case closes when the other does, and in no other way."""
    if fact.closing is not Closing.JOINED:
        return
    is_joined(file)
    if entry.by.role is not Role.SYSTEM or file.joined is None or file.joined.into != fact.with_case:
        raise CaseIsJoined("A joined case closes by itself when the case that it was joined to closes.")


def speaks_for_a_joined_case(file: CaseFile, fact: Said, entry: Entry) -> None:
    """(police-with-consent)"""
    here = {brought.from_case for brought in file.brought.values()}
    if fact.from_case is not None and (entry.by.role is not Role.SYSTEM or fact.from_case not in here):
        raise CaseNotJoined("What the victims of another case say is recorded on that case.")


def has_incidents(file: CaseFile) -> None:
    if len(file.reports) < 2:  # noqa: PLR2004 - the report, and one more
        raise IncidentNotSeparable("No incident has been recorded on this case besides its report.")


def separates_an_incident(file: CaseFile, fact: IncidentSeparated, entry: Entry) -> None:
    if fact.incident in file.separated:
        raise IncidentNotSeparable("This incident has been separated already.")
    brought = file.brought.get(fact.incident)
    if entry.by.role is Role.SYSTEM:
        if brought is None:
            raise IncidentNotSeparable("No other case has brought this incident.")
        return
    if brought is not None:
        raise IncidentNotSeparable(f"This is the report of {brought.from_case}: separate that case.")


def links_another(file: CaseFile, fact: CasesLinked) -> None:
    if fact.other == file.ref:
        raise CasesNotLinkable("A case is not linked to itself.")
    if Link(other=fact.other, tie=fact.tie) in file.links:
        raise CasesNotLinkable(f"{fact.other} is already linked to this case in that way.")
    joined = {brought.from_case for brought in file.brought.values()} | {file.joined.into if file.joined else None}
    if fact.tie is Tie.COUNTER_ALLEGATION and fact.other in joined:
        raise CasesNotLinkable(f"{fact.other} and this case are joined: separate them first.")


def has_links(file: CaseFile) -> None:
    if not file.links:
        raise CasesNotLinked("This case is not linked to another.")


def is_linked(file: CaseFile, fact: CasesUnlinked) -> None:
    if Link(other=fact.other, tie=fact.tie) not in file.links:
        raise CasesNotLinked(f"{fact.other} is not linked to this case in that way.")
