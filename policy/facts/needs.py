"""What somebody on the case needs of us, on either side, and signs of domestic abuse."""

from datetime import time
from enum import StrEnum
from typing import Literal

from policy.facts.base import Fact, Name, Words
from policy.facts.people import Means
from policy.frozen import Frozen


class Adjustment(StrEnum):
    LARGE_PRINT = "large_print"
    PLAIN_TEXT = "plain_text"
    INTERPRETER = "interpreter"
    ADVOCATE_COPIED = "advocate_copied"


class SafeContact(Frozen):
    """The only ways in which somebody may be reached, and the only hours of the day in London. No means: none of
    which we know is safe.
    """

    means: tuple[Means, ...]
    from_time: time | None = None
    until_time: time | None = None


class NeedTold(Fact):
    """What was told of this kind before is replaced. `kind` is one of the edition's list, `means` the ways in
    which they asked to be reached, `language` a code as BCP 47 has it: `pl`, `bfi` for British Sign Language.
    """

    fact: Literal["need_told"] = "need_told"
    person: Name = "complainant"
    kind: Name
    adjustments: tuple[Adjustment, ...] = ()
    language: Name | None = None
    means: tuple[Means, ...] = ()
    safe_contact: SafeContact | None = None
    words: Words


class NeedEnded(Fact):
    fact: Literal["need_ended"] = "need_ended"
    person: Name = "complainant"
    kind: Name
    words: Words


class DomesticAbuseRecognised(Fact):
    """Told, seen or suspected. From then on only a safe way of contact is used; where none is given, none is known
    yet. It cannot be unset. (domestic-abuse, section 4)
    """

    fact: Literal["domestic_abuse_recognised"] = "domestic_abuse_recognised"
    person: Name = "complainant"
    safe_contact: SafeContact | None = None
    words: Words


class LegalOptionsExplained(Fact):
    """What a solicitor can apply for: an injunction, say. (domestic-abuse, section 4)"""

    fact: Literal["legal_options_explained"] = "legal_options_explained"
    person: Name = "complainant"
    words: Words


Facts = NeedTold | NeedEnded | DomesticAbuseRecognised | LegalOptionsExplained
