"""Whether the victims let the police be told, and who can still be asked. (police-with-consent, section 3)"""

from datetime import datetime

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.consents import has_answered, victims_agree
from policy.deadlines.base import no_longer_pursued, out_of_reach
from policy.deadlines.victims import named
from policy.facts.consent import Purpose


def can_still_be_asked(file: CaseFile, at: datetime | None = None) -> list[str]:
    """The victims who had not answered at that moment, or have not now. A witness cannot agree for them."""
    why_not = out_of_reach(file) or no_longer_pursued(file)
    return [
        key
        for key in named(file)
        if not has_answered(file, Purpose.POLICE, key, at)
        and (at is None or file.people[key].since <= at)
        and not (key == COMPLAINANT and why_not)
    ]


def victims_let_it(file: CaseFile, at: datetime | None = None) -> bool:
    """The police be told, at that moment or now. Of hate each who can still answer is asked first."""
    agreed = victims_agree(file, Purpose.POLICE, at)
    if file.hate is None or (at is not None and at < file.hate.since):
        return agreed is not False
    return agreed is True and not can_still_be_asked(file, at)
