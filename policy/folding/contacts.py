"""Contact with the complainant."""

from datetime import datetime
from typing import Final

from policy.care import Told
from policy.case_file import CaseFile, later
from policy.company import COMPLAINANT
from policy.deadlines.victims import APPOINTMENT, POLICE_ADVICE, victim_was_told
from policy.editions import Edition
from policy.facts import Entry, contact
from policy.facts.base import Fact
from policy.facts.letters import LetterKind
from policy.facts.people import Means
from policy.folding.base import fold, made_out_again, reached_as
from policy.letters_owed import LetterOwed, LetterState
from policy.ways import IN_WRITING
from policy.working_days import london_day, working_days_after

STUCK: Final = frozenset({LetterState.UNDELIVERABLE, LetterState.WITHHELD, LetterState.TO_TELL})


@fold.register
def _(fact: contact.ComplainantDetailsTold, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """What came back is made out again; who could not be written to is told the reference now. What they told last
    holds, also when something earlier is written down after it: nothing goes to where they no longer live.
    """
    if file.details_told_at is not None and fact.at < file.details_told_at:
        return file
    could_be_written_to = file.writes_by is not None
    file = reached_as(file, fact.complainant, fact)
    for key, letter in file.letters.items():
        again = file.writes_by is not None or letter.is_text
        if letter.state in STUCK and letter.to == COMPLAINANT and again:
            file = made_out_again(file, key, entry)
    if (
        could_be_written_to
        or file.closed_at is not None
        or any(one.kind is LetterKind.ACKNOWLEDGEMENT for one in file.letters.values())
    ):
        return file
    key = f"{LetterKind.ACKNOWLEDGEMENT}-{file.seq + 1}"
    owing = file.owing if file.writes_by is not None else file.owing_letter
    return owing(LetterKind.ACKNOWLEDGEMENT, key, entry.id, entry.recorded_at, COMPLAINANT)


@fold.register
def _(fact: contact.ContactMade, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """What was agreed last holds, also when an earlier contact is written down after it. Whoever was to be told
    instead of written to has been.
    """
    first, last = file.first_contact_at, file.last_contact_at
    newest = last is None or fact.at >= last
    told = {k for k, v in file.letters.items() if v.told_by_speaking and v.since <= fact.at}
    return file.with_(
        letters={key: letter for key, letter in file.letters.items() if key not in told},
        first_contact_at=fact.at if first is None else min(first, fact.at),
        last_contact_at=later(last, fact.at),
        agreed_interval=(fact.every_working_days if newest else None) or file.agreed_interval,
    )


@fold.register
def _(fact: contact.AppointmentOffered, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    if fact.person != COMPLAINANT:
        return _told(file, APPOINTMENT, fact.person, fact.at)
    file = file.with_(appointment_offered_at=later(file.appointment_offered_at, fact.at))
    return _confirmed(file, fact, entry, edition)


def _confirmed(file: CaseFile, fact: contact.AppointmentOffered, entry: Entry, edition: Edition) -> CaseFile:
    """In writing, where that can reach them before the day and was not how it was offered. Of two that have not
    gone only the last one goes.
    """
    kept = {key: one for key, one in file.letters.items() if not _is_overtaken(one)}
    file = file.with_(letters=kept)
    day = london_day(entry.recorded_at)
    if file.writes_by is Means.POST:
        days, closes = edition.letters.arrives_working_days, edition.office.closes
        day = london_day(working_days_after(entry.recorded_at, days, file.closure_days, closes).moment)
    if fact.means in IN_WRITING or london_day(fact.appointment_at) <= day:
        return file
    key = f"{LetterKind.APPOINTMENT}-{file.seq + 1}"
    return file.owing(LetterKind.APPOINTMENT, key, entry.id, entry.recorded_at)


def _is_overtaken(letter: LetterOwed) -> bool:
    return letter.kind is LetterKind.APPOINTMENT and letter.state is not LetterState.IN_DOUBT


@fold.register
def _(fact: contact.PoliceAdvised, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if fact.person != COMPLAINANT:
        return _told(file, POLICE_ADVICE, fact.person, fact.at)
    return file.with_(police_advised_at=later(file.police_advised_at, fact.at))


def _told(file: CaseFile, what: str, person: str, at: datetime) -> CaseFile:
    known = file.told.get(what, Told())
    others = {**known.others, person: later(known.others.get(person), at)}
    return file.with_(told={**file.told, what: known.model_copy(update={"others": others})})


def with_told_again(before: CaseFile, file: CaseFile, fact: Fact) -> CaseFile:
    """Owed again where the victim was named, or whoever was told turns out not to be them."""
    for what in (APPOINTMENT, POLICE_ADVICE):
        if before.serious and file.serious and victim_was_told(before, what) and not victim_was_told(file, what):
            known = file.told.get(what, Told()).model_copy(update={"again_since": fact.at})
            file = file.with_(told={**file.told, what: known})
    return file
