"""Who is on the case. It holds what part they take and their ids, never who they are."""

from collections.abc import Collection
from typing import Final

from policy.case_file import CaseFile
from policy.company import COMPLAINANT, OnCase
from policy.consents import all_taken_back
from policy.editions import Edition
from policy.facts import Entry, parts
from policy.facts.consequences import ABOUT
from policy.facts.reporting import Reporter, ReportReceived
from policy.folding.base import fold, is_written_to, without_letters
from policy.folding.needs import letters_as_needed
from policy.folding.whose import never_there, under_one_name, with_place_filled, with_somebody_else
from policy.letters_owed import LetterState

VICTIM: Final = "victim"

_PART_OF_REPORTER: Final = {Reporter.WITNESS: parts.Part.WITNESS, Reporter.THIRD_PARTY: parts.Part.OTHER}


def victim_in(fact: ReportReceived) -> str:
    """What whoever suffered from it is called."""
    return VICTIM if fact.reporter in _PART_OF_REPORTER else COMPLAINANT


def as_reported(file: CaseFile, fact: ReportReceived) -> CaseFile:
    """Whoever reports is called complainant, since they hear from us, and takes the part that they say. Where they
    are not the victim, the victim's place is kept open. (witness-third-party-anonymous, section 3)
    """
    told = _PART_OF_REPORTER.get(fact.reporter, parts.Part.COMPLAINANT)
    reporter = OnCase(part=told, since=fact.at)
    if fact.complainant is not None:
        reporter = reporter.model_copy(update={"standing": fact.complainant.standing})
    people = {COMPLAINANT: reporter}
    if fact.about is not None:
        people[ABOUT] = OnCase(part=parts.Part.PERPETRATOR, standing=fact.about.standing, since=fact.at)
    if fact.reporter in _PART_OF_REPORTER:
        people[VICTIM] = OnCase(part=parts.Part.VICTIM, since=fact.at, unfilled=True)
    return file.with_(people={**file.people, **people})


@fold.register
def _(fact: parts.PersonJoined, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """The first victim who is named fills the place that was kept open. (witness-third-party-anonymous)"""
    joined = OnCase(
        part=fact.part,
        person=fact.person,
        known_since=fact.at if fact.person is not None else None,
        standing=fact.standing,
        minor=fact.minor,
        acts_for=fact.acts_for,
        since=fact.at,
        repeat=fact.earlier,
    )
    known = file.people.get(fact.key)
    kept_open = [fact.key] if known is not None else file.unfilled if fact.part is parts.Part.VICTIM else ()
    for place in kept_open:
        file = with_place_filled(file, place, fact.key, fact.at)
    if known is not None and known.left_at is not None:
        joined = joined.model_copy(update={"found_at": fact.at})
    return file.with_(people={**file.people, fact.key: joined})


@fold.register
def _(fact: parts.PersonIdentified, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    known, before = file.people.get(fact.key), file
    if known is None:
        return file
    changes: dict[str, object] = {"person": fact.person, "repeat": fact.earlier, "unfilled": False}
    if known.person != fact.person:
        changes["known_since"] = fact.at
    if known.unfilled:
        changes["since"] = fact.at
        file = with_place_filled(file, fact.key, fact.key, fact.at)
    elif known.person not in {None, fact.person}:
        file = with_somebody_else(_not_written_to(file, {fact.key}), fact.key, fact.at)
    told = {"standing": fact.standing, "minor": fact.minor}
    changes |= {name: value for name, value in told.items() if value is not None}
    file = file.with_(people={**file.people, fact.key: known.model_copy(update=changes)})
    return letters_as_needed(before, file, entry)


@fold.register
def _(fact: parts.PersonLeft, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """Their advocates leave with them."""
    going = {key for key, one in file.people.items() if fact.key in {key, one.acts_for}}
    if fact.why is parts.Leaving.CONSENT_WITHDRAWN:
        file = all_taken_back(file, fact.key, fact.at, entry.recorded_at)
    if fact.why is parts.Leaving.BY_MISTAKE:
        file = _not_written_to(file, going)
        person = file.people[fact.key].person if fact.key in file.people else None
        same = (key for key, one in file.people.items() if one.person == person and key != fact.key)
        if person is not None and (other := next(same, None)) is not None:
            file = under_one_name(file, fact.key, other)
        return never_there(file, going)
    gone = {
        key: one.model_copy(update={"left_at": fact.at})
        for key, one in file.people.items()
        if key in going and one.left_at is None
    }
    return _not_written_to(file, going).with_(people={**file.people, **gone})


def _not_written_to(file: CaseFile, keys: Collection[str]) -> CaseFile:
    """The address that the report gave is of somebody who was put right, or is no longer on the case: what has not
    gone to it does not go, and has told them nothing. Whether a letter in doubt went is found out all the same.
    (clear-consequences)
    """
    file = file.with_(others_with_address=tuple(one for one in file.others_with_address if one not in keys))
    going = (key for key, one in file.letters.items() if one.state is not LetterState.IN_DOUBT)
    return without_letters(file, [key for key in going if not is_written_to(file, file.letters[key].to)])
