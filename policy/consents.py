"""Whose word counts: what the victims on a case agree to, since when somebody does not, and how it was before."""

from datetime import datetime

from policy.case_file import CaseFile
from policy.company import VICTIMS
from policy.facts.consent import Purpose


def victims(file: CaseFile) -> tuple[str, ...]:
    """Who suffered from it; not a witness or third party who reported it. Also who has left: their word holds."""
    return tuple(key for key, one in file.people.items() if one.part in VICTIMS)


def agrees(file: CaseFile, purpose: Purpose, person: str, at: datetime | None = None) -> bool | None:
    """As they last said, at that moment or now. None: they have not answered."""
    said = [one.agreed for one in file.consents_said.get(f"{purpose}:{person}", ()) if at is None or one.at <= at]
    return said[-1] if said else None


def victims_agree(file: CaseFile, purpose: Purpose, at: datetime | None = None) -> bool | None:
    """One who says no weighs more than another's yes, also of a case that joined. None: nobody has answered."""
    said = [agrees(file, purpose, key, at) for key in victims(file)]
    said += [
        brought.agreed(purpose)
        for brought in file.brought.values()
        if at is None or brought.came_at is None or brought.came_at <= at
    ]
    answers = [agreed for agreed in said if agreed is not None]
    return all(answers) if answers else None


def refuses_since(file: CaseFile, purpose: Purpose, person: str) -> datetime | None:
    """From when on they have said no. None: they do not, or have not answered."""
    since = None
    for one in file.consents_said.get(f"{purpose}:{person}", ()):
        since = None if one.agreed else since or one.at
    return since


def victims_refuse_since(file: CaseFile, purpose: Purpose) -> datetime | None:
    """The first of those who say no now; one of a case that joined, from when it came."""
    refused = [refuses_since(file, purpose, key) for key in victims(file)]
    refused += [one.came_at for one in file.brought.values() if one.agreed(purpose) is False]
    return min((since for since in refused if since is not None), default=None)
