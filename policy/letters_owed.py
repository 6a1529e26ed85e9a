"""A letter that has not gone yet, and why it waits."""

from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from pydantic import AwareDatetime

from policy.company import COMPLAINANT
from policy.facts.letters import LetterKind
from policy.facts.people import Means
from policy.frozen import Frozen


class LetterState(StrEnum):
    """`withheld`: there is an address, and it is not safe to write to it. `to_tell`: that came out only after the
    case had closed, or when the letter came back, and nobody has told them. `held`: somebody looks at it first.
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


WORTH_A_CALL: Final = frozenset(
    {
        LetterKind.ACKNOWLEDGEMENT,
        LetterKind.NOT_USUALLY_ASB,
        LetterKind.HONEST_ADVICE,
        LetterKind.SECOND_LOOK_ANSWER,
        LetterKind.CLOSING_LETTER,
        LetterKind.CLOSING_NOTE,
    }
)
"""What somebody to whom no letter can go is asked to ring us about: the rest was agreed with them."""

_THEY_ASKED_FOR: Final = frozenset({LetterKind.SECOND_LOOK_ANSWER})
"""Somebody who wants no contact is written to when they ask for it."""

CAN_BE_HELD: Final = frozenset({LetterState.OWED, LetterState.HELD_UP, LetterState.TO_POST})


class LetterOwed(Frozen):
    """A letter that has not gone yet. `about` is the id of the fact that it words, `to` whom it goes to,
    `worded` the id of the fact that has its own words, `matter` the key of what it goes with, and without which it
    does not go. `looked_at`: somebody asked for it or let it go, so that it does not go by itself.
    `letter_follows`: of a text message, which says that a letter comes, and else that they may ring us.
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
    letter_follows: bool = False

    @classmethod
    def text(cls, about: str, since: datetime, *, letter_follows: bool) -> Self:
        kind, means = LetterKind.TEXT_MESSAGE, Means.TEXT
        return cls(kind=kind, about=about, means=means, since=since, letter_follows=letter_follows)

    @property
    def is_text(self) -> bool:
        return self.kind is LetterKind.TEXT_MESSAGE

    def is_of_closing(self, proposed: str | None) -> bool:
        """The closing letter of a closure that was `proposed`, or what announces it."""
        return self.kind is LetterKind.CLOSING_LETTER or (self.is_text and self.about == proposed)

    @property
    def can_be_held(self) -> bool:
        """Whoever reports hears at once that we have it. A text message has nothing to read. (acknowledge)"""
        return self.state in CAN_BE_HELD and self.kind not in {LetterKind.ACKNOWLEDGEMENT, LetterKind.TEXT_MESSAGE}

    @property
    def told_by_speaking(self) -> bool:
        """Whether it needs nothing more once we have spoken to them."""
        text_lost = self.state in {LetterState.UNDELIVERABLE, LetterState.IN_DOUBT}
        return self.state is LetterState.TO_TELL or (self.is_text and text_lost)

    @property
    def asked_for(self) -> bool:
        return self.kind in _THEY_ASKED_FOR
