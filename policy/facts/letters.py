"""What came of a letter. `key` is the letter's one name on its case; under it it is composed and sent once."""

from enum import StrEnum
from typing import Final, Literal

from policy.facts.base import Fact, Line, Name
from policy.facts.people import Means


class LetterKind(StrEnum):
    ACKNOWLEDGEMENT = "acknowledgement"
    NOT_USUALLY_ASB = "not-usually-asb"
    HONEST_ADVICE = "honest-advice"
    SECOND_LOOK_ANSWER = "second-look-answer"
    CLOSING_LETTER = "closing-letter"
    CLOSING_NOTE = "closing-note"
    QUESTIONNAIRE_REMINDER = "questionnaire-reminder"
    TO_PERPETRATOR = "to-perpetrator"
    WARNING = "warning"
    WARNING_TAKEN_BACK = "warning-taken-back"

    @property
    def called(self) -> str:
        return _CALLED.get(self) or self.value.replace("-", " ")


_CALLED: Final = {
    LetterKind.NOT_USUALLY_ASB: "letter with our reasons and advice",
    LetterKind.HONEST_ADVICE: "letter with honest advice",
    LetterKind.SECOND_LOOK_ANSWER: "answer after a second look",
    LetterKind.QUESTIONNAIRE_REMINDER: "reminder of our questions",
    LetterKind.TO_PERPETRATOR: "letter to the person complained about",
    LetterKind.WARNING: "formal warning",
    LetterKind.WARNING_TAKEN_BACK: "letter that takes a warning back",
}


class LetterSent(Fact):
    """Handed to the mail server, or posted by somebody who says so.
    `police_advice`: the letter told the reader to ring the police.
    """

    fact: Literal["letter_sent"] = "letter_sent"
    key: Name
    means: Means
    police_advice: bool = False


class LetterNotSent(Fact):
    """Somebody found out that a letter in doubt, or one to be posted, did not go. It is made out again."""

    fact: Literal["letter_not_sent"] = "letter_not_sent"
    key: Name


class LetterReadyToPost(Fact):
    """Composed and waiting for a person to print and post it."""

    fact: Literal["letter_ready_to_post"] = "letter_ready_to_post"
    key: Name


class LetterHeldUp(Fact):
    """It has not gone for an hour or so and is still being tried: the mail server is away, or it can't be made."""

    fact: Literal["letter_held_up"] = "letter_held_up"
    key: Name


class LetterRefused(Fact):
    """The mail server will not take it for this address."""

    fact: Literal["letter_refused"] = "letter_refused"
    key: Name


class LetterInDoubt(Fact):
    """It may or may not have gone: the connection was lost at the wrong moment. A person decides."""

    fact: Literal["letter_in_doubt"] = "letter_in_doubt"
    key: Name


class LetterCameBack(Fact):
    """One that had gone turned out not to have arrived: the mail server says that it never will. It is what was
    owed under `key`: of which kind, worded from which fact (`about`), to whom and by which means it went.
    """

    fact: Literal["letter_came_back"] = "letter_came_back"
    key: Name
    kind: LetterKind
    about: Line
    to: Name
    means: Means


Facts = (
    LetterSent | LetterNotSent | LetterReadyToPost | LetterHeldUp | LetterRefused | LetterInDoubt | LetterCameBack
)
