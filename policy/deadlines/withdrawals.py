"""Whoever was told hears that somebody does not agree to it: the police, other agencies, and groups of them."""

from collections.abc import Iterator

from policy.case_file import CaseFile
from policy.company import called
from policy.consents import police_told_against, refuses_since, victims
from policy.deadlines.base import Obligation, owed
from policy.editions import Edition
from policy.facts.base import Role
from policy.facts.consent import Purpose
from policy.objections import Unheard, told_against
from policy.police_consent import victims_let_it
from policy.working_days import listed, working_days_after


def police_withdrawal(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Where they have not heard of it since. (police-with-consent, section 3)"""
    against = police_told_against(file)
    if not against:
        return
    since, told = min(one.since for one in against), [one.told for one in against if one.told.decided_at is None]
    who = list(dict.fromkeys(called(one.who) for one in against))
    days = edition.consents.withdrawal_working_days
    yield owed(
        file,
        "police-withdrawal",
        working_days_after(since, days, file.closure_days, edition.office.closes),
        row="police-with-consent",
        what=f"Tell the police who does not want them to know: {listed(who)}",
        met_by=("police_told_of_withdrawal", "police_referral_ended", "consent_given"),
        by=Role.OFFICER if all(victims_let_it(file, one.at) for one in told) else Role.SUPERVISOR,
    )


def disclosure_refusals(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """An agency that was told of somebody who does not agree to it. (information-sharing)"""
    for key, informed in file.informed.items():
        agency = edition.agency(key)
        against = _of_people(file, told_against(file, informed, edition), edition)
        if agency is not None and against:
            yield _hears_so(
                file,
                edition,
                f"disclosure-refusal:{key}",
                against,
                f"Tell this agency ({agency.name}) that somebody does not agree to its being told of them:"
                f" {_listed(against)}",
                met_by=("agency_told_of_refusal", "consent_given"),
            )


def group_refusals(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """A group that was told of somebody against their word. (information-sharing)"""
    for key, group in file.groups.items():
        if against := told_against(file, group, edition):
            people = _listed(_of_people(file, against, edition))
            what = [f"who does not agree to being spoken of there: {people}"] if people else []
            if not people or any(one.who is None for one in against):
                what.append("that a victim does not want the police told")
            yield _hears_so(
                file,
                edition,
                f"group-refusal:{key}",
                against,
                f"Tell the group {'; and '.join(what)}",
                met_by=("group_told_of_refusal", "group_meeting_arranged", "consent_given"),
            )


def _of_people(file: CaseFile, against: list[Unheard], edition: Edition) -> list[Unheard]:
    """A victim's no to the police is heard as that."""
    police = {agency.key for agency in edition.agencies if agency.police}
    own = {who for who in victims(file) if refuses_since(file, Purpose.POLICE, who) is not None}
    return [one for one in against if one.who is not None and not (one.agency in police and one.who in own)]


def _hears_so(  # noqa: PLR0913 - what tells the two duties apart
    file: CaseFile, edition: Edition, key: str, against: list[Unheard], what: str, *, met_by: tuple[str, ...]
) -> Obligation:
    """Where they were told against somebody's word, it is a supervisor's to see to."""
    since, days = min(one.since for one in against), edition.consents.withdrawal_working_days
    return owed(
        file,
        key,
        working_days_after(since, days, file.closure_days, edition.office.closes),
        row="information-sharing",
        what=what,
        met_by=met_by,
        by=Role.SUPERVISOR if any(one.all_the_same for one in against) else Role.OFFICER,
    )


def _listed(against: list[Unheard]) -> str:
    return listed(list(dict.fromkeys(called(one.who) for one in against if one.who is not None)))
