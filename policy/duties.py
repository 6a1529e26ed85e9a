"""From the case file alone: what the system must do now. Each duty is safe to ask for again under its key."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from pydantic import SerializeAsAny

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.deadlines.writing import ENCLOSES, ROW_OF_LETTER
from policy.editions import of
from policy.facts import CaseFact, Fact
from policy.facts.letters import (
    LetterHeldUp,
    LetterInDoubt,
    LetterKind,
    LetterReadyToPost,
    LetterRefused,
    LetterSent,
)
from policy.facts.needs import Adjustment
from policy.facts.people import Means
from policy.facts.proceedings import LegalActionTold
from policy.facts.referring import ReferralTold
from policy.frozen import Frozen
from policy.hours import Hours
from policy.legal_action import beginning as of_legal_action
from policy.legal_action.facts import CaseLearnt
from policy.legal_action.procedure import LEGAL_ACTION
from policy.letters_owed import LetterOwed, LetterState
from policy.procedures.base import ProcedureFile, beside
from policy.referral import beginning as of_referral
from policy.referral.facts import ConsentTold
from policy.referral.procedure import REFERRAL
from policy.rows import section_of
from policy.ways import adjustments, goes_by_hand


class SendLetter(Frozen):
    """Compose the letter that the fact `about` calls for and send it, or have it ready to post.
    `to` names its reader on the case. Only an acknowledgement has the advice to ring the police in it.
    What goes `by_hand` a person translates, copies or completes first, and then sends.
    `automatic`: nobody asked for it or looked at it. `own_words` is the id of the fact that has those. It goes in
    its `hours` alone.
    """

    key: str
    row: str
    section: str
    edition: str
    kind: LetterKind
    about: str
    means: Means
    police_advice: bool
    hate: bool
    held_up: bool = False
    to: str = COMPLAINANT
    large_print: bool = False
    plain_text: bool = False
    by_hand: bool = False
    automatic: bool = False
    own_words: str | None = None
    letter_follows: bool = False
    hours: Hours | None = None

    @property
    def revocable(self) -> bool:
        return True


class Begin(Frozen):
    """Begin beside the case what was proposed on it as the matter `key`, with the fact `begins`; where it has
    begun already, tell it `news` instead. Then the case records that it `knows`; when, is known then.
    """

    key: str
    kind: str
    ref: str
    opening: SerializeAsAny[ProcedureFile]
    begins: SerializeAsAny[Fact]
    news: SerializeAsAny[Fact]
    knows: CaseFact

    @property
    def revocable(self) -> bool:
        return False


class Tell(Frozen):
    """Tell `news` to what is carried on beside the case as the matter `key`. Then the case records that it
    `knows`.
    """

    key: str
    kind: str
    ref: str
    news: SerializeAsAny[Fact]
    knows: CaseFact

    @property
    def revocable(self) -> bool:
        return False


Duty = SendLetter | Begin | Tell


class Outcome(StrEnum):
    """What came of a duty: of a letter, or that what is carried on beside the case was `told`."""

    TOLD = "told"
    SENT = "sent"
    READY_TO_POST = "ready_to_post"
    REFUSED = "refused"
    IN_DOUBT = "in_doubt"
    HELD_UP = "held_up"


def goes_from(duty: Duty, now: datetime) -> datetime:
    """When it may be done, now or later. (needs-met, section 6)"""
    return duty.hours.next_from(now) if isinstance(duty, SendLetter) and duty.hours else now


def came_of(duty: Duty, outcome: Outcome, at: datetime) -> CaseFact:
    """The outcome as the fact that is recorded."""
    if isinstance(duty, SendLetter):
        return _of_letter(duty, outcome, at)
    return duty.knows.model_copy(update={"at": at})


def _of_letter(duty: SendLetter, outcome: Outcome, at: datetime) -> CaseFact:
    match outcome:
        case Outcome.SENT:
            return LetterSent(at=at, key=duty.key, means=duty.means, police_advice=duty.police_advice)
        case Outcome.READY_TO_POST:
            return LetterReadyToPost(at=at, key=duty.key)
        case Outcome.REFUSED:
            return LetterRefused(at=at, key=duty.key)
        case Outcome.IN_DOUBT:
            return LetterInDoubt(at=at, key=duty.key)
        case Outcome.HELD_UP:
            return LetterHeldUp(at=at, key=duty.key)
        case Outcome.TOLD:
            raise ValueError("a letter is sent, not told")


def duties(file: CaseFile) -> list[Duty]:
    return [*_letters(file), *_legal_actions(file), *_referrals(file)]


def _legal_actions(file: CaseFile) -> Iterator[Duty]:
    for key, one in file.legal.items():
        if (matter := file.matters.get(key)) is None:
            continue
        known, at = of_legal_action.known_now(file, one, of(file.edition)), matter.since
        knows = LegalActionTold(at=at, matter=key, known=known)
        news = CaseLearnt(at=at, known=known)
        kind, ref = LEGAL_ACTION.name, beside(file.ref, key)
        if one.begins is not None:
            begins = one.begins.model_copy(update={"known": known})
            opened = of_legal_action.opening(file, key)
            yield Begin(key=key, kind=kind, ref=ref, opening=opened, begins=begins, news=news, knows=knows)
        elif one.told != known:
            yield Tell(key=key, kind=kind, ref=ref, news=news, knows=knows)


def _referrals(file: CaseFile) -> Iterator[Duty]:
    """Each begins as it was proposed: with everybody's consent, where it rests on that. (information-sharing)"""
    for key, one in file.referrals.items():
        if (matter := file.matters.get(key)) is None:
            continue
        at, kind, ref = matter.since, REFERRAL.name, beside(file.ref, key)
        known = {"stands": of_referral.still_stands(file, one), "stays": of_referral.stays(file, one)}
        news, knows = ConsentTold(at=at, **known), ReferralTold(at=at, matter=key, **known)
        if one.begins is not None:
            opened, begins = of_referral.opening(file, key), one.begins
            knows = ReferralTold(at=at, matter=key, stands=True, stays=True)
            yield Begin(key=key, kind=kind, ref=ref, opening=opened, begins=begins, news=news, knows=knows)
        elif (one.told, one.told_stays) != (known["stands"], known["stays"]):
            yield Tell(key=key, kind=kind, ref=ref, news=news, knows=knows)


def _letters(file: CaseFile) -> list[SendLetter]:
    going = {LetterState.OWED, LetterState.HELD_UP}
    return [to_send(file, key, letter) for key, letter in file.letters.items() if letter.state in going]


def to_send(file: CaseFile, key: str, letter: LetterOwed) -> SendLetter:
    """How it would go now."""
    by_hand = not letter.is_text and (goes_by_hand(file, letter.to) or letter.kind in ENCLOSES)
    return SendLetter(
        key=key,
        row=ROW_OF_LETTER[letter.kind],
        section=section_of(ROW_OF_LETTER[letter.kind]),
        edition=file.edition.name,
        kind=letter.kind,
        about=letter.about,
        means=letter.means,
        police_advice=file.serious and letter.kind is LetterKind.ACKNOWLEDGEMENT,
        hate=file.hate is not None,
        held_up=letter.state is LetterState.HELD_UP,
        to=letter.to,
        large_print=Adjustment.LARGE_PRINT in adjustments(file, letter.to),
        plain_text=Adjustment.PLAIN_TEXT in adjustments(file, letter.to),
        by_hand=by_hand,
        automatic=not letter.looked_at,
        own_words=letter.worded,
        letter_follows=letter.letter_follows,
        hours=None if by_hand else _hours(file, letter),
    )


def _hours(file: CaseFile, letter: LetterOwed) -> Hours | None:
    """Of what a telephone says at once that it has come: e-mails in their own safe hours, no text by night."""
    if letter.is_text:
        return of(file.edition).letters.texts
    safe = file.safe_ways.get(letter.to)
    return safe.hours if safe is not None and letter.means is Means.EMAIL and safe.hours != Hours() else None
