"""Powers that others hold: which there are, what must come first, and how long a home may be closed."""

from policy.case_file import CaseFile
from policy.company import called
from policy.disability import complained_about
from policy.editions import Edition
from policy.editions.legal import LegalStep
from policy.editions.table import choices
from policy.facts.powers import ClosureAsked, ClosureOrderExtended, ClosureOrderMade, PowerAsked
from policy.legal_action.limits import PROTECTION_NOTICE_FROM_AGE, closed_until, closed_until_in_all
from policy.legal_action.steps import CLOSURE
from policy.legal_action.warned import still_count
from policy.matters.powers import PARTNER_LED, PROTECTION_NOTICE, TO_BE_USED
from policy.refusals.legal import (
    AgainstWhomNotSaid,
    AlreadyAsked,
    ClosedTooLong,
    OldEnoughNotSaid,
    PowerNotKnown,
    WarningMustComeFirst,
)
from policy.working_days import day_in_words, london_day


def power_can_be_asked_for(file: CaseFile, fact: PowerAsked, edition: Edition) -> None:
    """(other-powers, community-protection-notice, partner-led-action, section 5)"""
    step = edition.legal.step(fact.power)
    if step is None or step.kind != "request" or step.key == CLOSURE:
        known = ", ".join(f"{s.name} ({s.key})" for s in edition.legal.steps if _is_asked_for(s))
        raise PowerNotKnown(
            f"{edition.legal.called(fact.power)} is not one of these: {known}.", missing=("one of these powers",)
        )
    _is_theirs_on_that_day(step, fact, edition)
    if step.key == PARTNER_LED and fact.owner is None and file.officer is None:
        raise PowerNotKnown(
            "Somebody of ours follows what another agency leads: say who, or allocate the case to an officer.",
            missing=("who of us sees to it",),
            missing_facts=("case_allocated",),
        )
    if step.after:
        _was_warned_in_writing(file, fact, step, edition)
    if step.key == PROTECTION_NOTICE:
        _is_old_enough(file, fact)


def is_not_asked_for_already(file: CaseFile, fact: PowerAsked | ClosureAsked, edition: Edition) -> None:
    """Of that agency against that person, and not used yet. Another home, or another action that an agency leads,
    may be meant where nobody is named, or nothing but that. (other-powers)
    """
    power = fact.power if isinstance(fact, PowerAsked) else None
    if fact.person is None or power == PARTNER_LED:
        return
    for key, one in file.matters.items():
        same = (one.asked_of, one.code) == (fact.asked_of, power) and one.person in file.names_of(fact.person)
        if same and one.stage in TO_BE_USED and fact.at >= one.since:
            raise AlreadyAsked(
                f"{edition.legal.called(power or CLOSURE)} was asked of {fact.asked_of.replace('_', ' ')} already:"
                f" {key}. Ask how that stands, or end it before another begins.",
                missing=("an end to the request that is open",),
                missing_facts=("power_chased", "power_ended"),
            )


def closure_can_be_asked_for(fact: ClosureAsked, edition: Edition) -> None:
    """(closure-notice, section 5)"""
    if (step := edition.legal.step(CLOSURE)) is not None:
        _is_theirs_on_that_day(step, fact, edition)


def _is_theirs_on_that_day(step: LegalStep, fact: PowerAsked | ClosureAsked, edition: Edition) -> None:
    """Asked of somebody who holds it, when there was such a power."""
    if why := step.why_not_on(london_day(fact.at)):
        raise PowerNotKnown(why)
    holders = [one for one in edition.agencies if not step.asked_of or one.key in step.asked_of]
    if fact.asked_of not in {one.key for one in holders}:
        raise PowerNotKnown(
            f"{step.name} can be asked of these alone: {choices(holders)}.", missing=("somebody who holds it",)
        )


def _is_asked_for(step: LegalStep) -> bool:
    return step.kind == "request" and step.key != CLOSURE


def _was_warned_in_writing(file: CaseFile, fact: PowerAsked, step: LegalStep, edition: Edition) -> None:
    if fact.person not in complained_about(file):
        who = f"Nobody complains about {called(fact.person)} here. " if fact.person is not None else ""
        raise AgainstWhomNotSaid(
            f"{who}Say against whom you ask for it: {step.name}.", missing=("against whom you ask for it",)
        )
    if not set(step.after) & set(still_count(file, fact.person, london_day(fact.at), edition)):
        raise WarningMustComeFirst(
            f"{step.name} comes only after a written warning to {called(fact.person)} that still counts.",
            missing=("a written warning",),
            missing_facts=("warning_proposed",),
        )


def _is_old_enough(file: CaseFile, fact: PowerAsked) -> None:
    """(2014 Act, section 43(1))"""
    person = file.people.get(fact.person or "")
    if person is not None and person.minor and not fact.sixteen_or_over:
        raise OldEnoughNotSaid(
            f"A community protection notice is for somebody of {PROTECTION_NOTICE_FROM_AGE} or over: say whether"
            " they are.",
            missing=("whether they are old enough",),
        )


def order_is_short_enough(file: CaseFile, fact: ClosureOrderMade | ClosureOrderExtended) -> None:
    """Three months, and six in all. (closure-notice; 2014 Act, sections 80 and 82)"""
    matter, day = file.matters.get(fact.matter), london_day(fact.at)
    made = matter.held_since if matter is not None and matter.held_since is not None else day
    last = closed_until(day) if isinstance(fact, ClosureOrderMade) else closed_until_in_all(made)
    if not day <= fact.ends <= last:
        raise ClosedTooLong(
            f"This closure may last until {day_in_words(last)} at the latest: three months, with every extension"
            " six in all.",
            missing=("an earlier end",),
        )
