"""Needs, safe ways of contact and domestic abuse; letters follow them."""

from datetime import datetime

from policy.care import DomesticAbuse, Helped, Need, SafeWay
from policy.case_file import CaseFile, later
from policy.company import COMPLAINANT
from policy.editions import Edition
from policy.facts import Entry, needs
from policy.facts.base import Fact
from policy.facts.letters import LetterSent
from policy.folding.base import fold, made_out_again
from policy.letters_owed import LetterState
from policy.ways import (
    Contact,
    adjustments,
    goes_the_wrong_way,
    has_a_right_way,
    in_another_language,
    reaches,
    way_to_write,
)


@fold.register
def _(fact: needs.NeedTold, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """What was told last holds, also when something earlier is written down after it."""
    key = f"{fact.person}:{fact.kind}"
    before = file
    if key not in file.needs or fact.at >= file.needs[key].told_at:
        need = Need(
            person=fact.person,
            kind=fact.kind,
            told_at=fact.at,
            adjustments=fact.adjustments,
            in_another_language=fact.language is not None,
            means=fact.means,
        )
        file = with_need(file, need)
    if fact.safe_contact is not None:
        file = _apart(with_safe_way(file, fact.person, fact.at, fact.safe_contact))
    return letters_as_needed(before, file, entry)


@fold.register
def _(fact: needs.NeedEnded, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """With the need for safe contact goes the safe way, however that was told, unless there is domestic abuse."""
    ended = file.needs.get(f"{fact.person}:{fact.kind}")
    if ended is not None and fact.at < ended.told_at:
        return file
    after = file.with_(needs={key: need for key, need in file.needs.items() if need is not ended})
    way = file.safe_ways.get(fact.person)
    told_later = way is not None and fact.at < way.told_at
    if fact.kind == SAFE_CONTACT and fact.person not in file.domestic_abuse and not told_later:
        after = after.with_(safe_ways={who: way for who, way in file.safe_ways.items() if who != fact.person})
    return letters_as_needed(file, after, entry)


@fold.register
def _(fact: needs.DomesticAbuseRecognised, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    after = _apart(with_domestic_abuse(file, fact.person, fact.at, fact.safe_contact))
    return letters_as_needed(file, after, entry)


def _apart(file: CaseFile) -> CaseFile:
    """A case that had joined another stands by itself again: nobody sees to their safety there."""
    return file if file.closed_at is not None else file.with_(joined=None)


@fold.register
def _(fact: needs.LegalOptionsExplained, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return with_abuse(file, fact.person, legal_options_at=fact.at)


SAFE_CONTACT = "safe_contact"
"""The kind of need that nothing else is told of."""


def with_need(file: CaseFile, need: Need) -> CaseFile:
    return file.with_(needs={**file.needs, f"{need.person}:{need.kind}": need})


def with_safe_way(file: CaseFile, person: str, at: datetime, told: needs.SafeContact) -> CaseFile:
    known = file.safe_ways.get(person)
    if known is not None and known.means and at < known.told_at:
        return file
    way = SafeWay(told_at=at, means=told.means, from_time=told.from_time, until_time=told.until_time)
    return file.with_(safe_ways={**file.safe_ways, person: way})


def with_domestic_abuse(file: CaseFile, person: str, at: datetime, told: needs.SafeContact | None) -> CaseFile:
    """Only a safe way from now on: the one that was told, else the one that is known, else none."""
    had = file.helped.get(person, Helped())
    known = file.domestic_abuse.get(person, DomesticAbuse(since=at, **had.model_dump()))
    abuse = known.model_copy(update={"since": min(known.since, at)})
    file = file.with_(domestic_abuse={**file.domestic_abuse, person: abuse})
    if told is not None:
        return with_safe_way(file, person, at, told)
    return file.with_(safe_ways={person: SafeWay(told_at=at), **file.safe_ways})


def with_abuse(file: CaseFile, person: str, **done_at: datetime) -> CaseFile:
    """With what was done for somebody who is abused, also where that is written down only after it."""
    known = file.domestic_abuse.get(person) or file.helped.get(person, Helped())
    had = known.model_copy(update={name: later(getattr(known, name), at) for name, at in done_at.items()})
    if isinstance(had, DomesticAbuse):
        return file.with_(domestic_abuse={**file.domestic_abuse, person: had})
    return file.with_(helped={**file.helped, person: had})


def letters_as_needed(before: CaseFile, file: CaseFile, entry: Entry) -> CaseFile:
    """What still waits is made out again where it would now go another way or look different."""
    file = file.with_(writes_by=way_to_write(file))
    if _how(before) == _how(file):
        return file
    nowhere = file.writes_by is None and not file.withheld
    for key, letter in file.letters.items():
        stays = nowhere or letter.is_text or letter.state is LetterState.IN_DOUBT
        if letter.to == COMPLAINANT and not stays:
            file = made_out_again(file, key, entry)
    return file


def _how(file: CaseFile) -> object:
    return file.writes_by, file.withheld, adjustments(file), in_another_language(file)


def with_wrong_ways(before: CaseFile, file: CaseFile, fact: Fact) -> CaseFile:
    """Reached in a way that they do not need: until they are reached in the right one, or need none any more.
    (needs-met, section 6)
    """
    wrong = {who: since for who, since in file.wrong_way_since.items() if has_a_right_way(file, who)}
    if isinstance(fact, Contact):
        person = _reader(before, fact) if isinstance(fact, LetterSent) else getattr(fact, "person", COMPLAINANT)
        since = wrong.get(person)
        if goes_the_wrong_way(file, person, fact):
            wrong[person] = since or fact.at
        elif since is not None and reaches(fact) and fact.at >= since:
            del wrong[person]
    return file if wrong == file.wrong_way_since else file.with_(wrong_way_since=wrong)


def _reader(before: CaseFile, fact: LetterSent) -> str:
    letter = before.letters.get(fact.key)
    return letter.to if letter is not None else COMPLAINANT
