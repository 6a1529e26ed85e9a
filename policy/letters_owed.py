"""A letter that has not gone yet, and why it waits."""

from enum import StrEnum
from typing import Final

from pydantic import AwareDatetime

from policy.company import COMPLAINANT
from policy.facts.letters import LetterKind
from policy.facts.people import Means
from policy.frozen import Frozen


class LetterState(StrEnum):
    """`withheld`: there is an address, and it is not safe to write to it. `to_tell`: that came out only after the
    case had closed, and nobody has told them.
    """

    OWED = "owed"
    TO_POST = "to_post"
    IN_DOUBT = "in_doubt"
    UNDELIVERABLE = "undeliverable"
    HELD_UP = "held_up"
    SET_ASIDE = "set_aside"

    WITHHELD = "withheld"
    TO_TELL = "to_tell"


_ASKED_FOR: Final = frozenset({LetterKind.SECOND_LOOK_ANSWER})
"""Somebody who wants no contact is written to when they ask for it."""


class LetterOwed(Frozen):
    """A letter that has not gone yet. `about` is the id of the fact that it words, `to` whom it goes to."""

    kind: LetterKind
    about: str
    means: Means
    since: AwareDatetime
    state: LetterState = LetterState.OWED
    to: str = COMPLAINANT

    @property
    def asked_for(self) -> bool:
        return self.kind in _ASKED_FOR
