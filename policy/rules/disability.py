"""No notice, and no legal action, against somebody whose disability nobody has met about. (section 6)"""

from datetime import datetime
from typing import Final

from policy.case_file import CaseFile
from policy.company import called
from policy.disability import complained_about, in_the_way
from policy.editions import Edition
from policy.editions.table import choices
from policy.facts.disability import DisabilityMeetingHeld, WhyNot
from policy.refusals.legal import DisabilityMeetingMissing


def somebody_may_be_acted_against(file: CaseFile) -> None:
    if not complained_about(file):
        raise DisabilityMeetingMissing(
            "Nobody on this case is complained about.", missing=("whom the meeting was about",)
        )


def meeting_is_whole(file: CaseFile, fact: DisabilityMeetingHeld, edition: Edition) -> None:
    """About somebody who may be acted against. It looks for problems that are undiagnosed too, and an excluded
    condition does not end the inquiry. (disability-meeting, section 6)
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
    if fact.besides is None:
        why = "What the law leaves out does not end the inquiry" if fact.excluded else _UNDIAGNOSED
        raise DisabilityMeetingMissing(
            f"{why}: say what else there is, or that nothing is known.",
            missing=("what else there is, or that nothing is known",),
        )


def may_act_against(file: CaseFile, person: str, at: datetime | None = None) -> None:
    """What was done `at` a moment, before we knew of a disability, is recorded as it was. (disability-meeting,
    section 6; Equality Act 2010, sections 15 and 35)
    """
    if standing := in_the_way(file, person, at):
        raise DisabilityMeetingMissing(
            _IN_WORDS[standing.why].format(who=called(person)),
            missing=("meeting about a disability",),
            missing_facts=("disability_meeting_held",),
        )


def home_may_be_taken(file: CaseFile, person: str | None, at: datetime | None = None) -> None:
    """Asking for a home back, or to have it closed, is legal action too: against whom it is, or where nobody is
    named anybody who is complained about. No meeting is held about anybody else, nor about who has left. (our
    reading; disability-meeting, section 6)
    """
    for one in complained_about(file):
        if person is None or one in file.names_of(person):
            may_act_against(file, one, at)


def some_home_may_be_taken(file: CaseFile) -> None:
    """That of one at least who could be named."""
    held = {name for one in complained_about(file) if in_the_way(file, one) for name in file.names_of(one)}
    if held >= file.people.keys():
        home_may_be_taken(file, None)


def tenancy_may_be_ended(file: CaseFile, key: str, at: datetime | None = None) -> None:
    if (matter := file.matters.get(key)) is not None:
        home_may_be_taken(file, matter.person, at)


_UNDIAGNOSED: Final = "The meeting looks for what nobody has diagnosed, too"

_IN_WORDS: Final = {
    WhyNot.MEETING_NEEDED: "There may be a disability: first a meeting answers the policy's questions about"
    " {who}.",
    WhyNot.DECIDED_AGAINST: "The meeting about {who} decided against legal action. If things have changed, hold "
    "another.",
}
