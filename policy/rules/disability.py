"""No notice, and no legal action, against somebody whose disability nobody has met about. (section 6)"""

from policy.care import Disability
from policy.case_file import CaseFile
from policy.company import called
from policy.editions import Edition
from policy.editions.table import choices
from policy.facts.disability import DisabilityMeetingHeld
from policy.refusals.legal import DisabilityMeetingMissing


def meeting_is_whole(fact: DisabilityMeetingHeld, edition: Edition) -> None:
    """An excluded condition does not end the inquiry. (disability-meeting, section 6)"""
    known = edition.legal.excluded_conditions
    unknown = [key for key in fact.excluded if key not in {one.key for one in known}]
    if unknown:
        raise DisabilityMeetingMissing(
            f"Not a condition that the law leaves out: {', '.join(unknown)}. These are: {choices(known)}.",
            missing=("which of these it is",),
        )
    if fact.excluded and fact.besides is None:
        raise DisabilityMeetingMissing(
            "What the law leaves out does not end the inquiry: say what else there is, or that nothing is known.",
            missing=("what else there is, or that nothing is known",),
        )


def may_act_against(file: CaseFile, person: str) -> None:
    """(disability-meeting, section 6; Equality Act 2010, sections 15 and 35)"""
    if why := _why_not(file.disability.get(person, Disability()), called(person)):
        raise DisabilityMeetingMissing(
            why,
            missing=("meeting about a disability",),
            missing_facts=("disability_meeting_held",),
        )


def may_be_acted_against(file: CaseFile, person: str) -> bool:
    return _why_not(file.disability.get(person, Disability()), called(person)) is None


def _why_not(known: Disability, who: str) -> str | None:
    if known.suspected_since is not None and (known.met_at is None or known.met_at < known.suspected_since):
        return f"There may be a disability: first a meeting answers the policy's questions about {who}."
    if known.met_at is not None and not known.goes_on:
        return f"The meeting about {who} decided against legal action. If things have changed, hold another."
    return None
