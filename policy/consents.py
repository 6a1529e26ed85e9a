"""Whose word counts: what the victims on a case agree to, and since when somebody does not."""

from policy.case_file import CaseFile
from policy.company import VICTIMS
from policy.facts.consent import Purpose


def victims(file: CaseFile) -> tuple[str, ...]:
    """Who suffered from it; not a witness or third party who reported it. Also who has left: their word holds."""
    return tuple(key for key, one in file.people.items() if one.part in VICTIMS)


def victims_agree(file: CaseFile, purpose: Purpose) -> bool | None:
    """One who says no weighs more than another's yes, also of a case that joined. None: nobody has answered."""
    said = [file.consents.get(f"{purpose}:{key}") for key in victims(file)]
    if purpose is Purpose.POLICE:
        said += [brought.police_agreed for brought in file.brought.values()]
    answers = [agreed for agreed in said if agreed is not None]
    return all(answers) if answers else None
