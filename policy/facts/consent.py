"""What somebody agrees to, or does not, and may take back at any time."""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Fact, Name, Words


class Purpose(StrEnum):
    POLICE = "police"
    HEALTH = "health"
    ADVOCATE = "advocate"
    REFERRAL = "referral"
    WITNESS = "witness"
    PUBLICITY = "publicity"


class Basis(StrEnum):
    """On which somebody outside is told of, or asked about, a person."""

    CONSENT = "consent"
    LAWFUL_REASON = "lawful_reason"


class ConsentAsked(Fact):
    """`person` is what they are called on the case. They have not answered yet."""

    fact: Literal["consent_asked"] = "consent_asked"
    purpose: Purpose
    person: Name = "complainant"
    words: Words


class ConsentGiven(Fact):
    """`from_case`: so say, taken together, the victims of that case, which joined this one. `agency` where they
    speak of being referred to that one alone.
    """

    fact: Literal["consent_given"] = "consent_given"
    purpose: Purpose
    person: Name = "complainant"
    words: Words
    from_case: Name | None = None
    agency: Name | None = None


class ConsentRefused(Fact):
    fact: Literal["consent_refused"] = "consent_refused"
    purpose: Purpose
    person: Name = "complainant"
    words: Words
    from_case: Name | None = None
    agency: Name | None = None


class ConsentWithdrawn(Fact):
    fact: Literal["consent_withdrawn"] = "consent_withdrawn"
    purpose: Purpose
    person: Name = "complainant"
    words: Words
    from_case: Name | None = None
    agency: Name | None = None


Facts = ConsentGiven | ConsentRefused | ConsentWithdrawn | ConsentAsked
