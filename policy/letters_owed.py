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
    case had closed, and nobody has told them. `held`: somebody looks at it before it goes.
    """

    OWED = "owed"
    TO_POST = "to_post"
    IN_DOUBT = "in_doubt"
    UNDELIVERABLE = "undeliverable"
    HELD_UP = "held_up"
    HELD = "held"
    SET_ASIDE = "set_aside"

    WITHHELD = "withheld"
    TO_TELL = "to_tell"


_THEY_ASKED_FOR: Final = frozenset({LetterKind.SECOND_LOOK_ANSWER})
"""Somebody who wants no contact is written to when they ask for it."""

CAN_BE_HELD: Final = frozenset({LetterState.OWED, LetterState.HELD_UP, LetterState.TO_POST})


class LetterOwed(Frozen):
    """A letter that has not gone yet. `about` is the id of the fact that it words, `to` whom it goes to,
    `worded` the id of the fact that has its own words, `matter` the key of what it goes with, and without which it
    does not go. `looked_at`: somebody asked for it or let it go, so that it does not go by itself.
    """

    kind: LetterKind
    about: str
    means: Means
    since: AwareDatetime
    state: LetterState = LetterState.OWED
    to: str = COMPLAINANT
    worded: str | None = None
    matter: str | None = None
    looked_at: bool = False

    @property
    def can_be_held(self) -> bool:
        """Whoever reports hears at once that we have it. (acknowledge, section 5)"""
        return self.state in CAN_BE_HELD and self.kind is not LetterKind.ACKNOWLEDGEMENT

    @property
    def asked_for(self) -> bool:
        return self.kind in _THEY_ASKED_FOR
