"""Whoever was told hears that somebody no longer consents: the police, and the agencies of a group."""

from collections.abc import Iterator

from policy.case_file import CaseFile
from policy.company import called
from policy.conduct import Informed
from policy.consents import police_told_at, refuses_since, victims, victims_refuse_since
from policy.deadlines.base import Obligation, owed
from policy.editions import Edition
from policy.editions.agencies import Agency
from policy.facts.base import Role
from policy.facts.consent import Purpose
from policy.objections import Unheard, told_against
from policy.working_days import listed, working_days_after


def police_withdrawal(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Where no lawful reason was needed for the referral, and they have not heard of it since.
    (police-with-consent, section 3)
    """
    told_at, refused_since = police_told_at(file), victims_refuse_since(file, Purpose.POLICE)
    if refused_since is None or told_at is None:
        return
    since = max(refused_since, told_at)
    days = edition.consents.withdrawal_working_days
    yield owed(
        file,
        "police-withdrawal",
        working_days_after(since, days, file.closure_days, edition.office.closes),
        row="police-with-consent",
        what="Tell the police that the victim no longer consents",
        met_by=("police_told_of_withdrawal", "police_referral_ended", "consent_given"),
        by=Role.SUPERVISOR if refused_since <= told_at else Role.OFFICER,
    )


def disclosure_refusals(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """An agency that was told of somebody who does not agree to it; against their word it is a supervisor's to see
    to. (information-sharing)
    """
    for key, informed in file.informed.items():
        agency = edition.agency(key)
        if agency is None or not (against := _against(file, agency, informed, edition)):
            continue
        since = min(one.since for one in against)
        people = list(dict.fromkeys(called(one.who) for one in against if one.who is not None))
        days = edition.consents.withdrawal_working_days
        yield owed(
            file,
            f"disclosure-refusal:{key}",
            working_days_after(since, days, file.closure_days, edition.office.closes),
            row="information-sharing",
            what=f"Tell this agency who does not agree to its being told of them: {agency.name}, {listed(people)}",
            met_by=("agency_told_of_refusal", "consent_given"),
            by=Role.SUPERVISOR if any(one.all_the_same for one in against) else Role.OFFICER,
        )


def _against(file: CaseFile, agency: Agency, informed: Informed, edition: Edition) -> list[Unheard]:
    """The police hear of a victim's no to them as one."""
    against = [one for one in told_against(file, informed, edition) if one.who is not None]
    if not agency.police:
        return against
    own = {who for who in victims(file) if refuses_since(file, Purpose.POLICE, who) is not None}
    return [one for one in against if one.who not in own]


def group_refusals(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """A group that was told of somebody against their word is a supervisor's to see to. (information-sharing)"""
    for key, group in file.groups.items():
        if not (against := told_against(file, group, edition)):
            continue
        since = min(one.since for one in against)
        people = list(dict.fromkeys(called(one.who) for one in against if one.who is not None))
        what = (
            f"who does not agree to being spoken of there: {listed(people)}"
            if people
            else "that a victim does not want the police told"
        )
        days = edition.consents.withdrawal_working_days
        yield owed(
            file,
            f"group-refusal:{key}",
            working_days_after(since, days, file.closure_days, edition.office.closes),
            row="information-sharing",
            what=f"Tell the group {what}",
            met_by=("group_told_of_refusal", "group_meeting_arranged", "consent_given"),
            by=Role.SUPERVISOR if any(one.all_the_same for one in against) else Role.OFFICER,
        )
