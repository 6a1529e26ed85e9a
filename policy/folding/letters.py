"""Letters that were asked for, held or worded, and what became of them."""

import re
from typing import Final

from policy.case_file import CaseFile, later
from policy.company import COMPLAINANT
from policy.editions import Edition
from policy.facts import Entry, letters
from policy.facts.letters import LetterKind
from policy.facts.matters import MatterKind
from policy.facts.people import Means
from policy.facts.ruling import DeadlineMissed
from policy.folding.base import fold, is_written_to, made_out_again
from policy.letters_owed import LetterOwed, LetterState
from policy.ways import way_to_write

_STAYS: Final = frozenset({LetterState.WITHHELD, LetterState.TO_TELL, LetterState.SET_ASIDE})


@fold.register
def _(fact: letters.LetterAskedFor, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    key, matter = f"{fact.kind}-{file.seq + 1}", fact.about if fact.about in file.matters else None
    file = file.owing(fact.kind, key, entry.id, entry.recorded_at, to=fact.person)
    if key not in file.letters:
        return file
    file = _letter(file, key, worded=entry.id, looked_at=True, matter=matter)
    return _held(file, key) if fact.held else file


@fold.register
def _(fact: letters.LetterHeld, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """Under another key: what was composed under this one is nobody's to post."""
    letter = file.letters.get(fact.key)
    if letter is None or not letter.can_be_held:
        return file
    file = made_out_again(file, fact.key, entry)
    return _held(file, f"{fact.key}-{file.seq + 1}")


def _held(file: CaseFile, key: str) -> CaseFile:
    letter = file.letters.get(key)
    going = letter is not None and letter.state is LetterState.OWED
    return _letter(file, key, state=LetterState.HELD) if going else file


@fold.register
def _(fact: letters.LetterReleased, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    return _let_go(file, fact.key, entry, looked_at=True)


def gone_by_itself(file: CaseFile, fact: DeadlineMissed, entry: Entry) -> CaseFile:
    """A letter is held for some hours, not for good."""
    return _let_go(file, fact.key.removeprefix("letter:"), entry)


def _let_go(file: CaseFile, key: str, entry: Entry, **changes: object) -> CaseFile:
    letter = file.letters.get(key)
    if letter is None or letter.state is not LetterState.HELD:
        return file
    return _letter(file, key, state=LetterState.OWED, since=entry.recorded_at, **changes)


@fold.register
def _(fact: letters.LetterWorded, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    return _letter(file, fact.key, worded=entry.id)


@fold.register
def _(fact: letters.LetterSent, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """The advice in a letter to a witness has not reached the victim. Whoever was told in writing how things stand
    has heard from us; a first contact is more than that. (regular-contact)
    """
    key = fact.key if fact.key in file.letters else _held_too_late(file, fact.key)
    letter = file.letters.get(key)
    file = file.with_(letters={k: v for k, v in file.letters.items() if k != key})
    if letter is not None and letter.kind is LetterKind.UPDATE and file.last_contact_at is not None:
        file = file.with_(last_contact_at=later(file.last_contact_at, fact.at))
    if fact.police_advice and COMPLAINANT in file.victims:
        file = file.with_(police_advised_at=later(file.police_advised_at, fact.at))
    if file.proposed and file.proposed.letter == key:
        file = file.with_(proposed=file.proposed.model_copy(update={"told_at": fact.at}))
    return file


def _held_too_late(file: CaseFile, key: str) -> str:
    """The key under which it was held while it went already, else its own."""
    held = re.compile(rf"{re.escape(key)}-[0-9]+")
    return next((k for k, v in file.letters.items() if v.state is LetterState.HELD and held.fullmatch(k)), key)


@fold.register
def _(fact: letters.LetterReadyToPost, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return _letter(file, fact.key, state=LetterState.TO_POST, since=fact.at)


@fold.register
def _(fact: letters.LetterHeldUp, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return _letter(file, fact.key, state=LetterState.HELD_UP, since=fact.at)


@fold.register
def _(fact: letters.LetterInDoubt, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    key = fact.key if fact.key in file.letters else _held_too_late(file, fact.key)
    return _letter(file, key, state=LetterState.IN_DOUBT, since=fact.at)


@fold.register
def _(fact: letters.LetterRefused, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """An address that refuses mail is not written to again: by post, or not in writing where there is none. Nor is
    a number that takes no text messages.
    What somebody else is sent says nothing of how the complainant is reached.
    """
    if (letter := file.letters.get(fact.key)) is not None and letter.to != COMPLAINANT:
        return _letter(file, fact.key, state=LetterState.UNDELIVERABLE, since=fact.at)
    if letter is not None and letter.is_text:
        back = _letter(file, fact.key, state=LetterState.UNDELIVERABLE, since=fact.at)
        return back.with_(can_text=False)
    file = file.with_(can_email=False)
    file = file.with_(writes_by=way_to_write(file))
    if file.writes_by is not None:
        return _letter(file, fact.key, means=file.writes_by, since=fact.at)
    state = LetterState.TO_TELL if file.withheld else LetterState.UNDELIVERABLE
    return _letter(file, fact.key, state=state, since=fact.at)


@fold.register
def _(fact: letters.LetterNotSent, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    return made_out_again(file, fact.key, entry) if fact.key in file.letters else file


@fold.register
def _(fact: letters.LetterCameBack, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """It has told nobody, so it is owed again: to the complainant by another way, unless they told us of another
    address since it went, or after another address was asked for; where that is not safe, they are told. A closing
    letter of a closure that no longer stands is not, nor is what goes with something that is over.
    """
    gone = file.with_(letters={k: v for k, v in file.letters.items() if k != fact.key})
    back = LetterOwed(
        kind=fact.kind,
        about=fact.about,
        means=fact.means,
        since=entry.recorded_at,
        state=LetterState.UNDELIVERABLE,
        to=fact.to,
        worded=fact.worded,
        matter=fact.matter,
    )
    owed = gone.with_(letters={**gone.letters, fact.key: back})
    if fact.to != COMPLAINANT:
        return owed if is_written_to(file, fact.to) else gone
    unreached = {Means.EMAIL: "can_email", Means.POST: "can_post"}.get(fact.means)
    told_since = (
        fact.went_at is not None and file.details_told_at is not None and fact.went_at < file.details_told_at
    )
    changes = {unreached: False} if unreached and not told_since else {}
    gone, owed = (one.with_(**changes) for one in (gone, owed))
    gone, owed = (one.with_(writes_by=way_to_write(one)) for one in (gone, owed))
    if fact.matter is not None and _is_over(file, fact.matter):
        return gone
    if fact.kind is not LetterKind.CLOSING_LETTER:
        return _or_told(made_out_again(owed, fact.key, entry), owed)
    if file.proposed is None or file.proposed.letter != fact.key:
        return gone
    untold = owed.with_(proposed=file.proposed.model_copy(update={"told_at": None}))
    return _or_told(made_out_again(untold, fact.key, entry), owed)


def _is_over(file: CaseFile, key: str) -> bool:
    """Also of a diary that has come back, and whose sheets nobody needs any more."""
    matter = file.matters.get(key)
    return matter is None or (matter.kind, matter.stage) == (MatterKind.DIARY, "returned")


def _or_told(file: CaseFile, before: CaseFile) -> CaseFile:
    """What came back and cannot safely go again, somebody tells them. (needs-met, section 6)"""
    told = {
        key: one.model_copy(update={"state": LetterState.TO_TELL})
        for key, one in file.letters.items()
        if one.state is LetterState.WITHHELD and key not in before.letters
    }
    return file.with_(letters={**file.letters, **told})


def _letter(file: CaseFile, key: str, **changes: object) -> CaseFile:
    """What is withheld, or that nobody wants or may read any more, stays so, whatever the system was about to do
    with it.
    """
    letter = file.letters.get(key)
    if letter is None:
        return file
    stays = letter.state in _STAYS or not is_written_to(file, letter.to)
    if stays and changes.get("state") is not LetterState.IN_DOUBT:
        return file
    return file.with_(letters={**file.letters, key: letter.model_copy(update=changes)})
