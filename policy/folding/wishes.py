"""What the complainant wishes. What was said last holds, also when something earlier is written down after it."""

from datetime import datetime
from typing import Final

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.editions import Edition
from policy.facts import Entry, wishing
from policy.facts.base import Fact
from policy.facts.reporting import IncidentReported, Reporter, ReportReceived
from policy.folding.base import fold, made_out_again
from policy.letters_owed import LetterOwed, LetterState

_CAN_WAIT: Final = frozenset(
    {
        LetterState.OWED,
        LetterState.TO_POST,
        LetterState.HELD_UP,
        LetterState.HELD,
        LetterState.UNDELIVERABLE,
        LetterState.TO_TELL,
    }
)
"""Whether a letter in doubt went is found out all the same."""

_WISHES: Final = ("no_contact_since", "withdrawn_at", "anonymous_since")
_AGAIN: Final = {"no_contact_since": "contact_again_since", "withdrawn_at": "pursued_again_since"}


@fold.register
def _(fact: wishing.ContactDeclined, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """None of our letters goes to somebody who wants none. (closing-letter, regular-contact)"""
    if _said_before(fact, file.wish.contact_again_since):
        return file
    file = with_wishes(file, no_contact_since=file.wish.no_contact_since or fact.at)
    letters = {key: _waiting(letter) for key, letter in file.letters.items()}
    return file.with_(letters=letters) if file.closed_at is None else file.without_letters_set_aside(letters)


def _waiting(letter: LetterOwed) -> LetterOwed:
    if letter.to != COMPLAINANT or letter.asked_for or letter.state not in _CAN_WAIT:
        return letter
    return letter.model_copy(update={"state": LetterState.SET_ASIDE})


@fold.register
def _(fact: wishing.ComplaintWithdrawn, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if _said_before(fact, file.wish.pursued_again_since):
        return file
    return with_wishes(file, withdrawn_at=file.wish.withdrawn_at or fact.at)


@fold.register
def _(fact: wishing.AnonymityWished, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if _said_before(fact, file.wish.contact_again_since):
        return file
    return with_wishes(file, anonymous_since=file.wish.anonymous_since or fact.at)


@fold.register
def _(fact: wishing.ContactWanted, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """It ends what was wished before it. Letters that were set aside are made out again, with what is so now."""
    wish, at = file.wish, fact.at
    ended = {name: None for name in _WISHES if (since := getattr(wish, name)) is not None and since <= at}
    again = {_AGAIN[name]: at for name in ended if name in _AGAIN}
    file = with_wishes(file, **ended, **again)
    if "no_contact_since" not in ended:
        return file
    for key, letter in file.letters.items():
        if letter.state is LetterState.SET_ASIDE:
            file = made_out_again(file, key, entry)
    return file


def complains_again(file: CaseFile, fact: ReportReceived | IncidentReported) -> CaseFile:
    """Who reports again has not withdrawn any more; what was told on a joined case, or by the link of
    somebody else, is not theirs.
    """
    withdrawn_at = file.wish.withdrawn_at
    by_others = isinstance(fact, IncidentReported) and (fact.told_on or fact.told_by not in {None, COMPLAINANT})
    if withdrawn_at is None or by_others or fact.reporter is not Reporter.VICTIM or fact.at < withdrawn_at:
        return file
    return with_wishes(file, withdrawn_at=None, pursued_again_since=fact.at)


def _said_before(fact: Fact, otherwise_since: datetime | None) -> bool:
    return otherwise_since is not None and fact.at < otherwise_since


def with_wishes(file: CaseFile, **changes: datetime | None) -> CaseFile:
    return file.with_(wish=file.wish.model_copy(update=changes))
