"""No notice, and no legal action, against somebody whose disability nobody has met about. (section 6)"""

from typing import Final

from policy.care import Disability, WhyNot
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
    if why := file.disability.get(person, Disability()).why_not:
        raise DisabilityMeetingMissing(
            _IN_WORDS[why].format(who=called(person)),
            missing=("meeting about a disability",),
            missing_facts=("disability_meeting_held",),
        )


def may_be_acted_against(file: CaseFile, person: str) -> bool:
    return file.disability.get(person, Disability()).why_not is None


_IN_WORDS: Final = {
    WhyNot.MEETING_NEEDED: "There may be a disability: first a meeting answers the policy's questions about"
    " {who}.",
    WhyNot.DECIDED_AGAINST: "The meeting about {who} decided against legal action. If things have changed, hold "
    "another.",
}
