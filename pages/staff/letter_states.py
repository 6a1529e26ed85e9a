"""Where a letter stands, in words."""

from typing import Final

from policy.letters_owed import LetterState as Waits
from store.letters import LetterState

WAITS: Final = {
    Waits.OWED: "goes by itself",
    Waits.TO_POST: "to be posted by one of us",
    Waits.IN_DOUBT: "may or may not have gone: find out",
    Waits.UNDELIVERABLE: "came back, or nobody could be reached there",
    Waits.HELD_UP: "has not gone yet, and is tried again and again",
    Waits.HELD: "held, to be looked at first",
    Waits.SET_ASIDE: "does not go: they want no contact",
    Waits.WITHHELD: "does not go: it is not safe to write to them",
    Waits.TO_TELL: "to be told in a safe way, and not in writing",
}
"""Of a letter that has not gone."""
BECAME: Final = {
    LetterState.COMPOSED: "made, about to go",
    LetterState.SENDING: "going now",
    LetterState.SENT: "sent",
    LetterState.TO_POST: "to be posted by one of us",
    LetterState.REFUSED: "not taken for this address",
    LetterState.IN_DOUBT: "may or may not have gone",
    LetterState.NOT_SENT: "did not go",
    LetterState.HANDED_OVER: "handed over",
    LetterState.CAME_BACK: "came back",
}
"""Of a letter that was made."""
