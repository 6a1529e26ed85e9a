"""No notice, and no legal action, against somebody whose disability nobody has met about. (section 6)"""

from typing import Final

from policy.care import Disability, WhyNot
from policy.case_file import CaseFile
from policy.company import called
from policy.editions import Edition
from policy.editions.table import choices
from policy.facts.disability import DisabilityMeetingHeld
from policy.facts.parts import Part
from policy.refusals.legal import DisabilityMeetingMissing

_COMPLAINED_ABOUT: Final = frozenset({Part.PERPETRATOR, Part.HOUSEHOLD_MEMBER})


def complained_about(file: CaseFile) -> list[str]:
    return [key for key, one in file.present.items() if one.part in _COMPLAINED_ABOUT]


def somebody_may_be_acted_against(file: CaseFile) -> None:
    if not complained_about(file):
        raise DisabilityMeetingMissing(
            "Nobody on this case is complained about.", missing=("whom the meeting was about",)
        )


def meeting_is_whole(file: CaseFile, fact: DisabilityMeetingHeld, edition: Edition) -> None:
    """About somebody who may be acted against. An excluded condition does not end the inquiry.
    (disability-meeting, section 6)
    """
    if fact.person not in complained_about(file):
        raise DisabilityMeetingMissing(
            "This meeting is about somebody on this case who is complained about: say about whom.",
            missing=("whom the meeting was about",),
        )
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
