"""What we tell others about somebody, recorded before it is told. (information-sharing, section 4)"""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Fact, Line, Name, Words


class Gateway(StrEnum):
    """What allows it. Which protocol, or which part of data protection law, is named; a consent is the person's
    own.
    """

    CONSENT = "consent"
    PROTOCOL = "protocol"
    CRIME_AND_DISORDER_ACT = "crime_and_disorder_act"
    DATA_PROTECTION_LAW = "data_protection_law"


class DisclosureRecorded(Fact):
    """`to` is one of the edition's agencies, `about` are people on the case, `under` is the protocol or the
    provision, `lawful_reason` the edition's key for doing so without their consent, where a supervisor does.
    `already_told`: it was told before it was recorded, and is recorded as it was.
    """

    fact: Literal["disclosure_recorded"] = "disclosure_recorded"
    to: Name
    about: tuple[Name, ...]
    what: Words
    why: Words
    gateway: Gateway
    under: Line | None = None
    lawful_reason: Name | None = None
    already_told: bool = False


class AgencyToldOfRefusal(Fact):
    """An agency that was told of somebody knows that they do not agree to it, and uses nothing more of what it
    knows. `about` where it was not told of everybody who has said no.
    """

    fact: Literal["agency_told_of_refusal"] = "agency_told_of_refusal"
    agency: Name
    about: tuple[Name, ...] = ()
    words: Words


Facts = DisclosureRecorded | AgencyToldOfRefusal
