"""Two reports of one matter become one case, by an officer's decision that can be undone."""

from typing import Literal

from policy.facts.base import Fact, Moment, Name, Words
from policy.facts.reporting import HatePerception


class CaseJoined(Fact):
    """The case is about the same matter as `into`, an open case, which goes on for both."""

    fact: Literal["case_joined"] = "case_joined"
    into: Name
    reasons: Words


class CaseSeparated(Fact):
    """The case was no part of the one that it had joined, and stands by itself again."""

    fact: Literal["case_separated"] = "case_separated"
    reasons: Words


class ReportJoined(Fact):
    """What another case brings along. `at` is when that one was reported; what was said stays with it.
    `reports` are the moments of its reports, the rest is how far its serious clock had come;
    `police_agreed` and `publicity_agreed` are what its victims say to the police's being told and to publicity,
    if they have answered.
    """

    fact: Literal["report_joined"] = "report_joined"
    from_case: Name
    categories: tuple[Name, ...] = ()
    reports: tuple[Moment, ...] = ()
    hate: HatePerception | None = None
    hate_since: Moment | None = None
    serious_since: Moment | None = None
    police_advised_at: Moment | None = None
    appointment_offered_at: Moment | None = None
    crime_alleged: bool = False
    police_agreed: bool | None = None
    publicity_agreed: bool | None = None


class PoliceToldWhereJoined(Fact):
    """The case that this one had joined told the police, `told_at`, by a referral of its own where there is a
    `matter`, or has taken that back. A supervisor `decided_at` that it was for a lawful reason. `to` is what
    the edition calls the police.
    """

    fact: Literal["police_told_where_joined"] = "police_told_where_joined"
    by_case: Name
    told_at: Moment
    to: tuple[Name, ...] = ()
    matter: Name | None = None
    decided_at: Moment | None = None
    taken_back: bool = False


class IncidentSeparated(Fact):
    """An incident, by the id that it was recorded under, was no part of this case.
    `reported_at` is when it was reported, as the timeline has it; nobody says it.
    """

    fact: Literal["incident_separated"] = "incident_separated"
    incident: Name
    reasons: Words
    reported_at: Moment | None = None


Facts = CaseJoined | CaseSeparated | ReportJoined | PoliceToldWhereJoined | IncidentSeparated
