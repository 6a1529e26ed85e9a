"""Letters: asked for, looked at before they go, and what came of them. `key` is the letter's one name on its case;
under it it is composed and sent once.
"""

from enum import StrEnum
from typing import Final, Literal

from policy.facts.base import Fact, Line, Moment, Name, Words
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
    APPOINTMENT = "appointment"
    DIARY_SHEETS = "diary-sheets"
    MEDIATION_OFFER = "mediation-offer"
    REFERRAL_NOTICE = "referral-notice"
    UPDATE = "update"
    AGREEMENT = "agreement"
    HEARING = "hearing"
    NOTICE_COVER = "notice-cover"
    TEXT_MESSAGE = "text-message"

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
    LetterKind.APPOINTMENT: "letter that confirms the appointment",
    LetterKind.DIARY_SHEETS: "letter with the diary sheets",
    LetterKind.MEDIATION_OFFER: "letter that offers mediation",
    LetterKind.REFERRAL_NOTICE: "letter that says whom we asked to help",
    LetterKind.UPDATE: "letter that says how things stand",
    LetterKind.AGREEMENT: "agreement to sign",
    LetterKind.HEARING: "letter about the hearing",
    LetterKind.NOTICE_COVER: "letter that goes with the notice",
}

ASKED_FOR: Final = frozenset(
    {
        LetterKind.UPDATE,
        LetterKind.AGREEMENT,
        LetterKind.HEARING,
        LetterKind.NOTICE_COVER,
    }
)
"""What goes only because somebody asked for it. All else the system owes by itself, from what was recorded."""

TAKES_OWN_WORDS: Final = ASKED_FOR | {
    LetterKind.APPOINTMENT,
    LetterKind.DIARY_SHEETS,
    LetterKind.MEDIATION_OFFER,
    LetterKind.REFERRAL_NOTICE,
}
"""Where an officer may put words of their own. Reasons, allegations and decisions are recorded instead."""


class LetterAskedFor(Fact):
    """`about` is the key of what it is about: an agreement, a hearing or a notice. `person` reads `own_words` as
    they stand; to anybody but the complainant they say nothing of who complained, which whoever writes them says
    with `nothing_identifies`. `held`: it waits until it has been looked at.
    """

    fact: Literal["letter_asked_for"] = "letter_asked_for"
    kind: Literal[
        LetterKind.UPDATE,
        LetterKind.AGREEMENT,
        LetterKind.HEARING,
        LetterKind.NOTICE_COVER,
    ]
    person: Name = "complainant"
    about: Name | None = None
    own_words: Words
    nothing_identifies: bool = False
    held: bool = False


class LetterHeld(Fact):
    """It does not go for now: somebody wants to look at it first. It goes when it is released, or by itself when
    the edition's hours are over.
    """

    fact: Literal["letter_held"] = "letter_held"
    key: Name
    reasons: Words


class LetterReleased(Fact):
    """A held letter goes now."""

    fact: Literal["letter_released"] = "letter_released"
    key: Name


class LetterWorded(Fact):
    """A held letter's own words, in place of those that it had. `nothing_identifies` as where it was asked for."""

    fact: Literal["letter_worded"] = "letter_worded"
    key: Name
    own_words: Words
    nothing_identifies: bool = False


class LetterSent(Fact):
    """Handed to the mail server or the text message gateway, or posted by somebody who says so.
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
    """It has not gone for an hour or so and is still being tried: who takes it is away, or it can't be made."""

    fact: Literal["letter_held_up"] = "letter_held_up"
    key: Name


class LetterRefused(Fact):
    """The mail server will not take it for this address, or the gateway for this number."""

    fact: Literal["letter_refused"] = "letter_refused"
    key: Name


class LetterInDoubt(Fact):
    """It may or may not have gone: the connection was lost at the wrong moment. A person decides."""

    fact: Literal["letter_in_doubt"] = "letter_in_doubt"
    key: Name


class LetterCameBack(Fact):
    """One that had gone turned out not to have arrived: the mail server says that it never will. It is what was
    owed under `key`: of which kind, made from which fact (`about`), with the own words of which (`worded`), with
    which `matter` it went, to whom, by which means and, where that is known, when.
    """

    fact: Literal["letter_came_back"] = "letter_came_back"
    key: Name
    kind: LetterKind
    about: Line
    to: Name
    means: Means
    went_at: Moment | None = None
    worded: Line | None = None
    matter: Name | None = None


Facts = (
    LetterAskedFor
    | LetterHeld
    | LetterReleased
    | LetterWorded
    | LetterSent
    | LetterNotSent
    | LetterReadyToPost
    | LetterHeldUp
    | LetterRefused
    | LetterInDoubt
    | LetterCameBack
)
