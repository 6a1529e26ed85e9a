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
    """An agency that was told of somebody who does not agree to it. (information-sharing)"""
    for key, informed in file.informed.items():
        agency = edition.agency(key)
        if agency is not None and (against := _against(file, agency, informed, edition)):
            who = f"{agency.name}, {_listed(against)}"
            yield _hears_so(
                file,
                edition,
                f"disclosure-refusal:{key}",
                against,
                f"Tell this agency who does not agree to its being told of them: {who}",
                met_by=("agency_told_of_refusal", "consent_given"),
            )


def _against(file: CaseFile, agency: Agency, informed: Informed, edition: Edition) -> list[Unheard]:
    """The police hear of a victim's no to them as one."""
    against = [one for one in told_against(file, informed, edition) if one.who is not None]
    if not agency.police:
        return against
    own = {who for who in victims(file) if refuses_since(file, Purpose.POLICE, who) is not None}
    return [one for one in against if one.who not in own]


def group_refusals(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """A group that was told of somebody against their word. (information-sharing)"""
    for key, group in file.groups.items():
        if against := told_against(file, group, edition):
            people = _listed(against)
            yield _hears_so(
                file,
                edition,
                f"group-refusal:{key}",
                against,
                f"Tell the group who does not agree to being spoken of there: {people}"
                if people
                else "Tell the group that a victim does not want the police told",
                met_by=("group_told_of_refusal", "group_meeting_arranged", "consent_given"),
            )


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
