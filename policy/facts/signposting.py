"""Help that we point people to."""

from typing import Literal

from policy.facts.base import Fact, Name, Words


class Signposted(Fact):
    """Which self-help and agencies were offered, by the edition's keys, and to whom. (signposting, section 6)"""

    fact: Literal["signposted"] = "signposted"
    person: Name = "complainant"
    agencies: tuple[Name, ...]
    words: Words | None = None


Facts = Signposted
