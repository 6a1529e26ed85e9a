"""For which recorded reasons it is no longer owed that the police or an agency is told, or told of a no."""

from typing import Final

from policy.case_file import CaseFile
from policy.consents import victims, victims_agree
from policy.deadlines import Deadline, deadlines
from policy.deadlines.policing import can_still_be_asked
from policy.facts.consent import Purpose
from policy.facts.joining import ReportJoined
from policy.facts.parts import PersonIdentified
from tests.given import EDITION
from tests.policy.random_lives import Moment


def the_police_need_not_know(gone: Deadline, moment: Moment) -> bool:
    """It was no crime after all, or is another case's; and a referral is not owed against the victim's wish, or
    before they have one. Nobody asks after one that they know does not stand.
    """
    fact, before, after = moment.entry.fact.fact, moment.before, moment.after
    if gone.row == "refer-criminal-to-police" and gone.stage is not None:
        return fact == "police_told_of_withdrawal"
    elsewhere = fact in {"assessed", "incident_separated"}
    if gone.key == "police-consent":
        nobody_left = fact == "person_left" and not can_still_be_asked(after)
        return (elsewhere and after.police.ask_since is None) or nobody_left
    if gone.key != "police-referral" or after.police.refer_since is not None:
        return False
    became_hate = before.hate is None and after.hate is not None
    can_be_asked = _asks_the_victim(after) and not _asks_the_victim(before)
    refused_there = isinstance(moment.entry.fact, ReportJoined) and moment.entry.fact.police_agreed is False
    never_there = fact == "person_left" and victims_agree(after, Purpose.POLICE) is not True
    refused = fact in {"consent_refused", "consent_withdrawn"} or refused_there
    return elsewhere or became_hate or can_be_asked or refused or never_there


def was_told_of_somebody_else(gone: Deadline, moment: Moment) -> bool:
    """The one whom the agency or the group was told of, or who said no to the police, is somebody else."""
    fact, before = moment.entry.fact, moment.before
    if not isinstance(fact, PersonIdentified) or before.people[fact.key].person in {None, fact.person}:
        return False
    stem, _, key = gone.key.partition(":")
    if stem == "police-withdrawal":
        return fact.key in victims(before)
    informed = {"disclosure-refusal": before.informed, "group-refusal": before.groups}.get(stem, {}).get(key)
    return informed is not None and any(fact.key in told.about for told in informed.told)


def _asks_the_victim(file: CaseFile) -> bool:
    return "police-consent" in {deadline.key for deadline in deadlines(file, EDITION)}


MAY_VANISH: Final = (the_police_need_not_know, was_told_of_somebody_else)
