"""Who may be put on a case and as what, and who acts for whom."""

from typing import Final

from policy.case_file import CaseFile
from policy.company import COMPLAINANT, called
from policy.facts.base import Fact
from policy.facts.parts import ConsentGiver, Leaving, Part, PersonIdentified, PersonJoined, PersonLeft
from policy.refusals import (
    AdvocateNeedsConsent,
    AlreadyOnTheCase,
    ComplainantStays,
    KeyDoesNotFit,
    NotOnTheCase,
)
from policy.refusals.legal import LegalActionGoesOn
from policy.refusals.safety import HelpStillOwed
from policy.rules.closing_requirements import still_owed_to
from policy.rules.whenever import comes_to_a_hearing

_NOBODY_ELSE: Final = "Nobody but the person who reported is on this case."


def can_join(file: CaseFile, fact: PersonJoined) -> None:
    """(anyone-affecting-us, section 1)"""
    comes_to_a_hearing(file, fact)
    if fact.key.partition("-")[0] != fact.part:
        raise KeyDoesNotFit(
            f"Call them {called(f'{fact.part}-1')}, {called(f'{fact.part}-2')} and so on, so that everybody knows"
            " who is meant."
        )
    known = file.people.get(fact.key)
    if known is not None and not known.unfilled:
        raise AlreadyOnTheCase(f"Somebody else on this case is {called(fact.key)}: choose another number.")
    _only_once(file, fact.key, fact.part, fact.person)
    _acts_with_consent(file, fact)


def can_be_identified(file: CaseFile, fact: PersonIdentified) -> None:
    comes_to_a_hearing(file, fact)
    is_on_the_case(file, fact.key)
    known = file.people[fact.key]
    _only_once(file, fact.key, known.part, fact.person)
    if known.person not in {None, fact.person}:
        _nobody_else_is_taken_to_court(file, fact.key)


def somebody_can_leave(file: CaseFile) -> None:
    if not file.present.keys() - {COMPLAINANT}:
        raise NotOnTheCase(_NOBODY_ELSE)


def somebody_else_is_known(file: CaseFile) -> None:
    if not file.people.keys() - {COMPLAINANT}:
        raise NotOnTheCase(_NOBODY_ELSE)


_NOT_IN_DANGER: Final = ("emergency-accommodation", "specialist-help", "legal-options", "safe-way")
_ABOUT_THEM: Final = frozenset({Leaving.NO_LONGER_INVOLVED, Leaving.CONSENT_WITHDRAWN, Leaving.NOT_FOUND})


_DIED: Final = (
    "We are sorry that they have died. Stop letters and calls to them first: record that no more contact is to be"
    " made, and from whom you know. After that the case can be closed, and what others on it are owed goes on."
)


def can_leave(file: CaseFile, fact: PersonLeft) -> None:
    comes_to_a_hearing(file, fact)
    is_on_the_case(file, fact.key)
    if fact.key == COMPLAINANT:
        if fact.why is Leaving.DIED:
            raise ComplainantStays(_DIED, missing_facts=("contact_declined",))
        raise ComplainantStays(
            "Whoever reported stays on the case. If they want no more done, propose to close it and say so."
        )
    if fact.why is Leaving.BY_MISTAKE:
        _nobody_else_is_taken_to_court(file, fact.key)
    if fact.why in _ABOUT_THEM:
        _is_safe_to_leave(file, fact)


def _nobody_else_is_taken_to_court(file: CaseFile, key: str) -> None:
    """Than the one whom the legal action named. (legal-remedies)"""
    if any(one.person == key for one in file.legal.values()):
        raise LegalActionGoesOn(
            f"A legal action against {called(key)} is under way. End that first, then put right who they are."
            " Whoever else it is can be put on the case beside them now.",
            missing=("an end to the legal action",),
        )


def _is_safe_to_leave(file: CaseFile, fact: PersonLeft) -> None:
    """Nobody in danger goes out of sight. A place that nobody could fill does. (serious-safety, section 5)"""
    known, who = file.people[fact.key], called(fact.key)
    if known.unfilled:
        return
    if fact.why is Leaving.NOT_FOUND and known.person is not None:
        raise KeyDoesNotFit(
            f"We know who {who} is: say why they are no longer on the case.",
            missing=("why they are no longer on the case",),
        )
    if missing := still_owed_to(file, fact.key, _NOT_IN_DANGER):
        words = ", ".join(one.words for one in missing)
        raise HelpStillOwed(
            f"This is still owed to {who}: {words}. Help them first, also if they want no part in the case; record"
            " what was done, or what they said to it.",
            missing=tuple(one.words for one in missing),
            missing_facts=tuple(dict.fromkeys(name for one in missing for name in one.facts)),
        )


def is_on_the_case(file: CaseFile, key: str) -> None:
    if key not in file.present:
        known = ", ".join(called(one) for one in file.present) or "nobody"
        who = called(key) if key.partition("-")[0] in set(Part) else f'called "{key}"'
        raise NotOnTheCase(f"Nobody on this case is {who}. On it are: {known}.")


def who_it_is_about_is_on_the_case(file: CaseFile, fact: Fact) -> None:
    """Or was: what is owed to somebody who has left can still be done."""
    if isinstance(fact, PersonJoined | PersonIdentified):
        return
    person = getattr(fact, "person", None)
    if person is not None and person not in file.people:
        is_on_the_case(file, person)


def _only_once(file: CaseFile, key: str, part: Part, person: str | None) -> None:
    same = [k for k, one in file.present.items() if one.person == person and one.part is part and k != key]
    if person is not None and same:
        raise AlreadyOnTheCase(f"This person is on the case already, as {called(same[0])}.")


def _acts_with_consent(file: CaseFile, fact: PersonJoined) -> None:
    """Either side may have somebody act for them, if they agreed. (advocates, section 6)"""
    if fact.part is not Part.ADVOCATE:
        if fact.acts_for is not None or fact.consent_given_by is not None:
            raise KeyDoesNotFit("Only an advocate acts for somebody else.")
        return
    if fact.acts_for is None:
        raise AdvocateNeedsConsent("Say whom the advocate acts for.", missing=("whom the advocate acts for",))
    is_on_the_case(file, fact.acts_for)
    person = file.people[fact.acts_for]
    if person.unfilled or person.part is Part.ADVOCATE:
        raise AdvocateNeedsConsent(
            "An advocate acts for somebody on the case who can agree to it: say for whom.",
            missing=("whom the advocate acts for",),
        )
    if fact.consent_given_by is None:
        raise AdvocateNeedsConsent(
            "An advocate needs the consent of whoever they act for: say who gave it.",
            missing=("who agreed to it",),
        )
    if fact.consent_given_by is ConsentGiver.PARENT_OR_GUARDIAN and not person.minor:
        raise AdvocateNeedsConsent(
            "A parent or guardian agrees only for a child: ask the person themselves.",
            missing=("who agreed to it",),
        )
