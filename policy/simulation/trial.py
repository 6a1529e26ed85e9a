"""One case of the past under its own edition and under a proposed one, and all of them together.
(policy-simulation)
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from policy.case_file import CaseFile
from policy.editions import Edition, named
from policy.facts import Entry
from policy.measures.history import CaseHistory
from policy.measures.period import Period
from policy.simulation.adopting import Adopted, rehearsed
from policy.simulation.compared import handled
from policy.simulation.differing import differences
from policy.simulation.names import names_of
from policy.simulation.played import Played
from policy.simulation.retold import Told, brought, retold
from policy.simulation.tally import Example, Named, Tally

SORTED_BY: Final = ("category", "seriousness", "strand")
_FAULTS: Final = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError)
"""Whatever an old case may hold that its retelling did not expect: it keeps nothing else from being told."""


class Past(NamedTuple):
    """`entries` is None where retention has erased them, `beside` what the case began, by its key there, `file` as
    it stands where it is open still. One that is `shut` to some is counted and never named. `facts` is how many
    were recorded, also where they are erased.
    """

    opening: CaseFile
    entries: tuple[Entry, ...] | None
    beside: Mapping[str, tuple[Told, ...]]
    file: CaseFile | None = None
    shut: bool = False
    facts: int = 0


class Asked(NamedTuple):
    """`examples`: so many cases are named, each time that some are."""

    edition: str
    period: Period
    known_at: datetime
    examples: int = 10


def tried(cases: Sequence[Past], asked: Asked) -> Tally:
    """The edition is known as a proposed one."""
    found = Tally()
    for past in cases:
        found.add(_one(past, asked, named(asked.edition)), asked.examples)
    return found


def _one(past: Past, asked: Asked, edition: Edition) -> Tally:
    tally = Tally(alive=1)
    if past.entries is None:
        tally.erased = 1
        return tally
    try:
        _told_twice(tally, past, past.entries, asked, edition)
    except _FAULTS as fault:
        tally = Tally(alive=1, went_otherwise=1)
        _name(tally, Named.WENT_OTHERWISE, past, (f"It cannot be told again: {type(fault).__name__}.",))
    if past.file is not None:
        _adopts(tally, past, past.file, asked, edition)
    return tally


def _told_twice(tally: Tally, past: Past, entries: Sequence[Entry], asked: Asked, edition: Edition) -> None:
    until = min(asked.period.over, asked.known_at)
    if came := brought(entries):
        until = max(until, came[-1].recorded_at)
    own = retold(past.opening, entries, None, until, beside=past.beside)
    if why := _otherwise([one for one in entries if one.recorded_at <= until], own):
        tally.went_otherwise = 1
        _name(tally, Named.WENT_OTHERWISE, past, (why,))
    else:
        _both(tally, past, own, retold(past.opening, entries, edition, until, beside=past.beside), asked)


def _otherwise(recorded: Sequence[Entry], own: Played) -> str | None:
    """What told again did not happen, or happened and was not recorded; None where it went as it had."""
    then, now = Counter(names_of(recorded)), Counter(names_of(own.entries))
    if then == now:
        return None
    facts = dict(zip((*names_of(recorded), *names_of(own.entries)), (*recorded, *own.entries), strict=True))
    said = [
        f"{what}: {', '.join(sorted({facts[name].fact.fact.replace('_', ' ') for name in names}))}"
        for what, names in (("not told again", then - now), ("told again and never recorded", now - then))
        if names
    ]
    return f"{'; '.join(said)[:1].upper()}{'; '.join(said)[1:]}."


def _both(tally: Tally, past: Past, own: Played, other: Played, asked: Asked) -> None:
    tally.own, tally.proposed = handled(own, asked.period), handled(other, asked.period)
    dimensions = CaseHistory(own.file, own.entries, ()).dimensions()
    places = [(name, value) for name in SORTED_BY for value in dict.fromkeys(dimensions[name])]
    tally.sorted = Counter(places)
    told = differences(own, other, asked.period)
    sentences = tuple(one.sentence for one in told)
    if not all(one.of_dates for one in told):
        tally.different, tally.sorted_different = 1, Counter(places)
        _name(tally, Named.DIFFERENT, past, sentences)
    elif told:
        tally.other_dates = 1
        _name(tally, Named.OTHER_DATES, past, sentences)


def _adopts(tally: Tally, past: Past, file: CaseFile, asked: Asked, edition: Edition) -> None:
    """As it stands."""
    tally.open = 1
    try:
        found = rehearsed(file, edition, asked.known_at)
    except _FAULTS as fault:
        found = Adopted(refused=f"What it would owe cannot be worked out: {type(fault).__name__}.")
    if found.refused is not None:
        tally.cannot[found.refused] = 1
        _name(tally, Named.CANNOT, past, (found.refused,))
        return
    _count(tally, found)
    if found.overdue:
        _name(tally, Named.OVERDUE, past, found.sentences)


def _count(tally: Tally, found: Adopted) -> None:
    tally.overdue, tally.overdue_cases = Counter(found.overdue), int(bool(found.overdue))
    tally.moved = Counter((one.row, one.days) for one in found.moved)
    tally.owed, tally.gone = Counter(found.owed), Counter(found.gone)


def _name(tally: Tally, kind: Named, past: Past, sentences: tuple[str, ...]) -> None:
    if not past.shut:
        tally.named[kind] = [Example(ref=past.opening.ref, sentences=sentences)]
