"""What a perpetrator is told, and the complainant asked, before a case can close."""

from typing import Final, Literal

from policy.facts.base import Fact, Name, Words

ABOUT: Final = "perpetrator-1"
"""Who the first report was about."""


class PerpetratorWrittenTo(Fact):
    """What the letter says beside its own words. It never says who complained: whoever writes these texts says
    with `nothing_identifies` that they have read them for that. (clear-consequences, section 6)
    """

    fact: Literal["perpetrator_written_to"] = "perpetrator_written_to"
    person: Name = ABOUT
    alleged: Words
    decided: Words
    happens_next: Words
    nothing_identifies: bool


class PerpetratorNotTold(Fact):
    """Why they are not told: not known, not safe for the complainant, the police asked us not to."""

    fact: Literal["perpetrator_not_told"] = "perpetrator_not_told"
    reasons: Words


class ClosingDiscussed(Fact):
    """The complainant was asked what they think of closing the case. `agrees` is None where they did not say."""

    fact: Literal["closing_discussed"] = "closing_discussed"
    agrees: bool | None = None
    words: Words


Facts = PerpetratorWrittenTo | PerpetratorNotTold | ClosingDiscussed
