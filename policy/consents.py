"""Whose word counts: what the victims on a case agree to, since when somebody does not, and how it was before."""

from datetime import datetime

from policy.case_file import CaseFile
from policy.company import VICTIMS
from policy.conduct import Answer
from policy.editions.agencies import Agency
from policy.facts.consent import ConsentGiven, ConsentRefused, ConsentWithdrawn, Purpose

Said = ConsentGiven | ConsentRefused | ConsentWithdrawn


def answered(file: CaseFile, fact: Said) -> CaseFile:
    """What somebody said last holds, also when something earlier is written down after it."""
    answer = Answer(at=fact.at, agreed=isinstance(fact, ConsentGiven))
    return with_answer(file, _about(fact.purpose, fact.agency), fact.from_case or fact.person, answer)


def _about(purpose: str, agency: str | None) -> str:
    return f"{purpose}@{agency}" if agency else purpose


def with_answer(file: CaseFile, purpose: str, who: str, answer: Answer) -> CaseFile:
    key = f"{purpose}:{who}"
    said = sorted((*file.consents.get(key, ()), answer), key=lambda one: one.at)
    return file.with_(consents={**file.consents, key: tuple(said)})


def said_last(file: CaseFile) -> dict[str, bool]:
    """By purpose and who."""
    return {key: said[-1].agreed for key, said in file.consents.items()}


def victims(file: CaseFile) -> tuple[str, ...]:
    """Who suffered from it; not a witness or third party who reported it. Also who has left: their word holds.
    Those of a case that joined this one speak together, under its reference.
    """
    here = (key for key, one in file.people.items() if one.part in VICTIMS)
    return (*here, *(brought.from_case for brought in file.brought.values()))


def agrees(file: CaseFile, purpose: Purpose, who: str, at: datetime | None = None) -> bool | None:
    """As they last said, at that moment or now. None: they have not answered."""
    said = _said(file, purpose, who, at)
    return said[-1].agreed if said else None


def agrees_to_be_told_of(file: CaseFile, who: str, agency: Agency, at: datetime | None = None) -> bool | None:
    """To this agency. A no to this one, or to what it is asked for, weighs more than a yes to agencies in general;
    else what they said last counts, and at one moment a no.
    """
    own, any_ = (said[-1:] for said in _said_of(file, who, agency, at))
    if own and not own[0].agreed:
        return False
    answer = max((*own, *any_), key=lambda one: (one.at, not one.agreed), default=None)
    return answer.agreed if answer is not None else None


def refuses_to_be_told_of_since(file: CaseFile, who: str, agency: Agency) -> datetime | None:
    """From when on they have said no. None: they do not, or have not answered."""
    since = None
    for at in sorted(one.at for said in _said_of(file, who, agency) for one in said):
        since = since or at if agrees_to_be_told_of(file, who, agency, at) is False else None
    return since


def _said_of(
    file: CaseFile, who: str, agency: Agency, at: datetime | None = None
) -> tuple[list[Answer], list[Answer]]:
    """Of this agency, and of any."""
    own = _about(Purpose.REFERRAL, agency.key) if agency.consent == "referral" else agency.consent
    return _said(file, own, who, at), _said(file, Purpose.REFERRAL, who, at)


def _said(file: CaseFile, purpose: str, who: str, at: datetime | None = None) -> list[Answer]:
    """Under each name that they have on the case."""
    names = _names(file, who)
    said = [
        one for key in names for one in file.consents.get(f"{purpose}:{key}", ()) if at is None or one.at <= at
    ]
    return sorted(said, key=lambda one: one.at) if len(names) > 1 else said


def _names(file: CaseFile, who: str) -> list[str]:
    known = file.people[who].person if who in file.people else None
    if known is None:
        return [who]
    return [key for key, one in file.people.items() if one.person == known]


def victims_agree(file: CaseFile, purpose: Purpose, at: datetime | None = None) -> bool | None:
    """One who says no weighs more than another's yes. None: nobody has answered."""
    said = [agrees(file, purpose, who, at) for who in victims(file)]
    answers = [agreed for agreed in said if agreed is not None]
    return all(answers) if answers else None


def refuses_since(file: CaseFile, purpose: Purpose, who: str) -> datetime | None:
    """From when on they have said no. None: they do not, or have not answered."""
    since = None
    for one in _said(file, purpose, who):
        since = None if one.agreed else since or one.at
    return since


def victims_refuse_since(file: CaseFile, purpose: Purpose) -> datetime | None:
    """The first of those who say no now."""
    refused = [refuses_since(file, purpose, who) for who in victims(file)]
    return min((since for since in refused if since is not None), default=None)


def police_told_at(file: CaseFile) -> datetime | None:
    """When they were last told on nobody's refusing it, here or on a case that joined this one; None where they
    were not, or have heard since that it does not stand.
    """
    here, heard_at = file.police_told.on_consent_at, file.police_told.ended_at
    told = [at for at in (here, *(one.police_told_at for one in file.brought.values())) if at is not None]
    return max((at for at in told if heard_at is None or heard_at < at), default=None)
