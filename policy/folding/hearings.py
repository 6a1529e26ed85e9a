"""Court hearings and who is supported at them: listed, put off, held or vacated. (witness-care, section 4)"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from policy.care import DayBefore, Hearing
from policy.case_file import CaseFile, later
from policy.editions import Edition
from policy.facts import Entry, hearings
from policy.facts.base import Fact
from policy.facts.hearings import When
from policy.folding.base import fold
from policy.working_days import london_day, on_the_day


@fold.register
def _(fact: hearings.HearingListed, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """Under the key that its matter will have."""
    return _hearing(file, f"hearing-{file.seq + 1}", _at(fact.hour, set_on(fact.on, fact.at, file)))


@fold.register
def _(fact: hearings.HearingAdjourned, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    """Everybody is prepared again."""
    known = file.hearings.get(fact.matter)
    if known is not None and known.on != fact.on:
        file = file.with_(hearings=put_off(file.hearings, fact.matter, fact.at, edition))
    return with_day(file, fact.matter, _at(fact.hour, set_on(fact.on, fact.at, file, known)))


@fold.register
def _(fact: hearings.HearingHeld, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    known = file.hearings.get(fact.matter)
    return _hearing(file, fact.matter, known.model_copy(update={"held_at": fact.at})) if known else file


@fold.register
def _(fact: hearings.HearingVacated, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    """On its own day whoever had come is supported after it, as where it was put off then."""
    if fact.matter not in file.hearings:
        return file
    return file.with_(hearings=put_off(file.hearings, fact.matter, fact.at, edition))


@fold.register
def _(fact: hearings.WitnessSupported, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """Prepared before the court had set the day is prepared for another one, unless it had set this one before."""
    known = file.hearings.get(fact.hearing)
    if known is None:
        return file
    since = known.people.get(fact.person, fact.at)
    if fact.when is When.BEFORE and fact.at < since and not known.was_set(fact.person, fact.at):
        return file
    what = f"{fact.when}:{fact.person}"
    given = {**known.given, what: later(known.given.get(what), fact.at)}
    return _hearing(file, fact.hearing, known.model_copy(update={"given": given}))


def with_witnesses(before: CaseFile, file: CaseFile, fact: Fact) -> CaseFile:
    """Everybody, also whoever becomes known by the day of the hearing, is supported at it."""
    known = before.affected
    for key, hearing in file.hearings.items():
        new = [person for person in file.affected if person not in known and person not in hearing.people]
        if new and hearing.held_at is None and london_day(fact.at) <= hearing.on:
            people = hearing.people | dict.fromkeys(new, fact.at)
            file = _hearing(file, key, hearing.model_copy(update={"people": people}))
    return file


def _hearing(file: CaseFile, key: str, hearing: Hearing) -> CaseFile:
    return file.with_(hearings={**file.hearings, key: hearing})


def _at(hour: time | None, hearing: Hearing) -> Hearing:
    return hearing.model_copy(update={"hour": hour})


def set_on(
    on: date, at: datetime, file: CaseFile, before: Hearing | None = None, *, told_at: datetime | None = None
) -> Hearing:
    """Set `at` that moment, of which we may be told later. Whoever was prepared since is prepared for it, also
    while we still knew the day `before`; so is whoever was when it had this same day. (witness-care)
    """
    known = before.people if before is not None else {}
    people = {person: max(at, known.get(person, at)) for person in file.affected}
    days = _days_before(before, at) if before is not None else ()
    now = _given_at((When.BEFORE,), people, before.given) if before is not None else {}
    given = {what: then for what, then in now.items() if then >= people[what.partition(":")[2]]}
    for one in days:
        if one.on == on:
            given = _given_at((When.BEFORE, When.DURING), people, one.given) | given
    return Hearing(on=on, told_at=told_at or at, people=people, given=given, moved_from=days)


def _days_before(before: Hearing, at: datetime) -> tuple[DayBefore, ...]:
    if before.held_at is not None:
        return before.moved_from
    last = DayBefore(on=before.on, until=at, people=before.people, given=before.given)
    return (*before.moved_from, last)


def _given_at(stages: Iterable[When], people: Iterable[str], given: Mapping[str, datetime]) -> dict[str, datetime]:
    whats = {f"{when}:{person}" for when in stages for person in people}
    return {what: then for what, then in given.items() if what in whats}


def with_day(file: CaseFile, key: str, hearing: Hearing) -> CaseFile:
    """Put off and set again on one and the same day, it is one: who was supported there is not so twice."""
    put_off = [name for name in file.hearings if _number(name, key) and file.hearings[name].on == hearing.on]
    for name in put_off:
        had = _given_at((When.BEFORE, When.DURING), hearing.people, file.hearings[name].given)
        hearing = hearing.model_copy(update={"given": had | hearing.given})
    others = {name: one for name, one in file.hearings.items() if name not in put_off}
    return file.with_(hearings={**others, key: hearing})


def _number(name: str, key: str) -> int:
    """Of one that was put off; else 0."""
    number = name.removeprefix(f"{key}-")
    return int(number) if number != name and number.isdigit() else 0


def put_off(known: dict[str, Hearing], key: str, at: datetime, edition: Edition) -> dict[str, Hearing]:
    """Without the day that was known, which was taken away `at` that moment. One that was held is kept beside."""
    others = {name: one for name, one in known.items() if name != key}
    one = come_to_pass(known[key], at, edition)
    if one is None:
        return others
    last = max((_number(name, key) for name in others), default=0)
    return others | {f"{key}-{last + 1}": one}


def come_to_pass(hearing: Hearing, at: datetime, edition: Edition) -> Hearing | None:
    """Whoever came on its day is supported after it, also where nothing was heard (our reading); None where it was
    off before.
    """
    if hearing.held_at is not None:
        return hearing
    if london_day(at) < hearing.on:
        return None
    return hearing.model_copy(update={"held_at": held_at(hearing.on, at, edition)})


def held_at(on: date, by: datetime, edition: Edition) -> datetime:
    """On its day, however long the court took to decide."""
    return min(on_the_day(on, edition.office.closes).moment, by)
