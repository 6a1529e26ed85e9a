"""The dispatch on a fact's type. A fact that changes nothing in the file needs no fold of its own."""

from collections.abc import Collection
from datetime import datetime
from functools import singledispatch

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.conduct import Decided
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.base import Fact
from policy.facts.case_reviews import ToldInCaseReview
from policy.facts.disclosing import DisclosureRecorded
from policy.facts.groups import GroupCalled, GroupMeetingArranged
from policy.facts.joining import ReportJoined
from policy.facts.letters import LetterKind
from policy.facts.people import Person
from policy.facts.powers import ClosureAsked, PowerAsked
from policy.facts.referring import ReferralProposed
from policy.facts.safety import PartnersConsulted
from policy.letters_owed import LetterOwed, LetterState
from policy.objections import Telling, objections
from policy.texting import shows_texts
from policy.ways import way_to_write

Overriding = (
    GroupCalled
    | GroupMeetingArranged
    | ReferralProposed
    | DisclosureRecorded
    | PartnersConsulted
    | PowerAsked
    | ClosureAsked
    | ToldInCaseReview
)
"""Where a supervisor may name a lawful reason in place of a consent."""


@singledispatch
def fold(_fact: Fact, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file


def counts_from(entry: Entry) -> datetime:
    """When it happened; when it came, where another case brought it: nobody here is late at once."""
    return entry.recorded_at if isinstance(entry.fact, ReportJoined) else entry.at


def reached_as(file: CaseFile, person: Person, fact: Fact) -> CaseFile:
    """With the ways to reach the complainant. Contact is owed from when there is one."""
    since = file.reachable_since or (fact.at if person.reachable() else None)
    file = file.with_(
        reachable=person.reachable(),
        reachable_since=since,
        details_told_at=fact.at,
        asks_for=person.prefers,
        can_email=person.email is not None,
        can_text=shows_texts(person.phone),
        can_post=bool(person.address),
    )
    return file.with_(writes_by=way_to_write(file))


def is_written_to(file: CaseFile, reader: str) -> bool:
    """Whether what is still to go to them may: an address of theirs stands, or they are the complainant."""
    return reader == COMPLAINANT or reader in file.others_with_address


def with_letter_of(  # noqa: PLR0913 - a letter is what it says, to whom, and with what it goes
    file: CaseFile, kind: LetterKind, matter: str, about: str, since: datetime, *, to: str = COMPLAINANT
) -> CaseFile:
    """With a letter owed that goes with that matter, where its reader can be written to."""
    if not is_written_to(file, to):
        return file
    key = f"{kind}-{file.seq + 1}"
    file = file.owing(kind, key, about, since, to=to)
    if key not in file.letters:
        return file
    return file.with_(letters={**file.letters, key: file.letters[key].model_copy(update={"matter": matter})})


def without_letters(file: CaseFile, keys: Collection[str]) -> CaseFile:
    """These go to nobody: whom they were to tell where they stand has not been told. (clear-consequences)"""
    kept = {key: letter for key, letter in file.letters.items() if key not in keys}
    told = all(file.letters[key].kind is not LetterKind.TO_PERPETRATOR for key in keys)
    return file.with_(letters=kept, perpetrator_told_at=file.perpetrator_told_at if told else None)


def without_letters_of_what_is_over(before: CaseFile, file: CaseFile) -> CaseFile:
    """What has come back, was answered or was given up needs no letter any more."""
    if before.matters.keys() <= file.matters.keys():
        return file
    over = before.matters.keys() - file.matters.keys()
    kept = {k: v for k, v in file.letters.items() if v.matter not in over or v.state is LetterState.IN_DOUBT}
    return file.with_(letters=kept)


def made_out_again(file: CaseFile, key: str, entry: Entry) -> CaseFile:
    """The letter under another key, by the way that is known now. It stays where there is nowhere to send it, and
    ends where its reader is not written to any more.
    """
    letter = file.letters[key]
    if letter.is_text:
        return _texted_again(file, key, entry)
    if letter.to == COMPLAINANT and file.writes_by is None and not file.withheld:
        back = letter.model_copy(update={"state": LetterState.UNDELIVERABLE, "since": entry.recorded_at})
        return file.with_(letters={**file.letters, key: back})
    if not is_written_to(file, letter.to):
        return without_letters(file, [key])
    file = file.with_(letters={k: v for k, v in file.letters.items() if k != key})
    anew = f"{key}-{file.seq + 1}"
    if file.proposed and file.proposed.letter == key:
        file = file.with_(proposed=file.proposed.model_copy(update={"letter": anew}))
    file = file.owing_letter(letter.kind, anew, letter.about, entry.recorded_at, to=letter.to)
    return _as_before(file, anew, letter)


def _texted_again(file: CaseFile, key: str, entry: Entry) -> CaseFile:
    """Where what it says is still so."""
    letter = file.letters[key]
    file = file.with_(letters={k: v for k, v in file.letters.items() if k != key})
    if not file.is_texted or letter.letter_follows != (file.writes_by is not None):
        return file
    anew = f"{key}-{file.seq + 1}"
    text = letter.model_copy(update={"state": LetterState.OWED, "since": entry.recorded_at})
    return file.with_(letters={**file.letters, anew: text})


def without_texts_that_may_not_go(file: CaseFile) -> CaseFile:
    """Whatever made it unsafe or unwanted. Of what may have gone that is still found out. (needs-met)"""
    if file.is_texted:
        return file
    to_go = {LetterState.OWED, LetterState.HELD_UP, LetterState.SET_ASIDE}
    gone = {k for k, v in file.letters.items() if v.is_text and v.state in to_go}
    return file.with_(letters={k: v for k, v in file.letters.items() if k not in gone}) if gone else file


def _as_before(file: CaseFile, key: str, before: LetterOwed) -> CaseFile:
    """With what somebody wrote and decided of it; held until when it was."""
    now = file.letters.get(key)
    if now is None:
        return file
    kept: dict[str, object] = {name: getattr(before, name) for name in ("worded", "matter", "looked_at")}
    if before.state is LetterState.HELD and now.state is LetterState.OWED:
        kept |= {"state": LetterState.HELD, "since": before.since}
    return file.with_(letters={**file.letters, key: now.model_copy(update=kept)})


def decided(file: CaseFile, fact: Overriding, telling: Telling, edition: Edition) -> tuple[Decided, ...]:
    """The supervisor's decision that it brings, if any: about those of whom nothing else allows to tell."""
    if fact.lawful_reason is None:
        return ()
    against = (one.who for one in objections(file, telling, edition, fact.at))
    about = tuple(dict.fromkeys(who for who in against if who is not None))
    at = getattr(fact, "decided_at", None) or fact.at
    return (Decided(reason=fact.lawful_reason, at=at, about=about, to=telling.to),)
