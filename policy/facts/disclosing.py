"""What we tell others about somebody, recorded before it is told. (information-sharing, section 4)"""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Fact, Line, Name, Words


class Gateway(StrEnum):
    """What allows it. A protocol is named; a consent is the person's own, for being referred."""

    CONSENT = "consent"
    PROTOCOL = "protocol"
    CRIME_AND_DISORDER_ACT = "crime_and_disorder_act"
    DATA_PROTECTION_LAW = "data_protection_law"


class DisclosureRecorded(Fact):
    """`to` is one of the edition's agencies, `about` are people on the case, `under` is the protocol, or the
    provision, where there is one to name.
    """

    fact: Literal["disclosure_recorded"] = "disclosure_recorded"
    to: Name
    about: tuple[Name, ...]
    what: Words
    why: Words
    gateway: Gateway
    under: Line | None = None


Facts = DisclosureRecorded
