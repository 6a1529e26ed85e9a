"""What was decided on a case, and by whom: its assessment, advice, a closure, who covers for its officer."""

from datetime import date

from pydantic import AwareDatetime

from policy.facts.assessing import Exclusion, Limb, Seriousness
from policy.facts.closing import Outcome
from policy.frozen import Frozen


class Assessment(Frozen):
    at: AwareDatetime
    by: str
    seriousness: Seriousness
    limb: Limb | None
    exclusion: Exclusion | None


class Advised(Frozen):
    """Honest advice, or "not usually ASB", that the complainant may have looked at again."""

    by: str
    second_look_asked_at: AwareDatetime | None = None


class ProposedClosure(Frozen):
    """`about` is the id of the proposing fact, `letter` the key of the letter that tells the complainant."""

    about: str
    by: str
    at: AwareDatetime
    outcome: Outcome
    letter: str
    approved_by: str | None = None
    told_at: AwareDatetime | None = None


class Imported(Frozen):
    """From which system a case was brought here and what it was called there; its first `entries` came with it."""

    at: AwareDatetime
    source: str
    reference: str
    entries: int


class Cover(Frozen):
    """Who sees to the case while its officer is away, up to and on that day."""

    officer: str
    until: date
