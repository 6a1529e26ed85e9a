"""Whose word counts: what the victims on a case agree to, since when somebody does not, and how it was before."""

from datetime import datetime

from policy.case_file import CaseFile
from policy.company import VICTIMS
from policy.conduct import Answer
from policy.facts.consent import ConsentGiven, ConsentRefused, ConsentWithdrawn, Purpose

Said = ConsentGiven | ConsentRefused | ConsentWithdrawn


def answered(file: CaseFile, fact: Said) -> CaseFile:
    """What somebody said last holds, also when something earlier is written down after it."""
    agreed = isinstance(fact, ConsentGiven)
    if fact.from_case is not None:
        return with_answer(file, fact.purpose, fact.from_case, Answer(at=fact.at, agreed=agreed))
    file = with_answer(file, fact.purpose, fact.person, Answer(at=fact.at, agreed=agreed))
    now = {f"{fact.purpose}:{fact.person}": bool(agrees(file, fact.purpose, fact.person))}
    return file.with_(consents=file.consents | now)


def with_answer(file: CaseFile, purpose: Purpose, who: str, answer: Answer) -> CaseFile:
    key = f"{purpose}:{who}"
    said = sorted((*file.consents_said.get(key, ()), answer), key=lambda one: one.at)
    return file.with_(consents_said={**file.consents_said, key: tuple(said)})


def victims(file: CaseFile) -> tuple[str, ...]:
    """Who suffered from it; not a witness or third party who reported it. Also who has left: their word holds.
    Those of a case that joined this one speak together, under its reference.
    """
    here = (key for key, one in file.people.items() if one.part in VICTIMS)
    return (*here, *(brought.from_case for brought in file.brought.values()))


def agrees(file: CaseFile, purpose: Purpose, who: str, at: datetime | None = None) -> bool | None:
    """As they last said, at that moment or now. None: they have not answered."""
    said = [one.agreed for one in file.consents_said.get(f"{purpose}:{who}", ()) if at is None or one.at <= at]
    return said[-1] if said else None


def victims_agree(file: CaseFile, purpose: Purpose, at: datetime | None = None) -> bool | None:
    """One who says no weighs more than another's yes. None: nobody has answered."""
    said = [agrees(file, purpose, who, at) for who in victims(file)]
    answers = [agreed for agreed in said if agreed is not None]
    return all(answers) if answers else None


def refuses_since(file: CaseFile, purpose: Purpose, who: str) -> datetime | None:
    """From when on they have said no. None: they do not, or have not answered."""
    since = None
    for one in file.consents_said.get(f"{purpose}:{who}", ()):
        since = None if one.agreed else since or one.at
    return since


def victims_refuse_since(file: CaseFile, purpose: Purpose) -> datetime | None:
    """The first of those who say no now."""
    refused = [refuses_since(file, purpose, who) for who in victims(file)]
    return min((since for since in refused if since is not None), default=None)
