"""In what a case would have gone otherwise under another edition: one sentence for each. (policy-simulation)"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from policy.deadlines import bare_key, without_number
from policy.ledger import Line
from policy.measures.period import Period
from policy.measures.timescales import how_done
from policy.simulation.compared import kind_of, letters_of, lines_of
from policy.simulation.played import Played
from policy.working_days import day_in_words, london_day, moment_in_words

Pair = tuple[Line | None, Line | None]


class Difference(NamedTuple):
    """`of_dates`: what was owed was done just the same, by another date."""

    sentence: str
    of_dates: bool = False


def differences(own: Played, other: Played, period: Period) -> tuple[Difference, ...]:
    """Of what was due, went, was refused or closed in that time; none where it went the same way."""
    said = (*_of_letters(own, other, period), *_of_refusals(own, other, period), *_of_closing(own, other, period))
    return (*_of_deadlines(own, other, period), *map(Difference, said))


def _of_deadlines(own: Played, other: Played, period: Period) -> Iterator[Difference]:
    then, now = _by_name(own), _by_name(other)
    for name in dict.fromkeys((*then, *now)):
        pairs = zip_longest(then.get(name, ()), now.get(name, ()))
        if found := [pair for pair in pairs if _in(period, pair) and _told(pair[0]) != _told(pair[1])]:
            otherwise = [pair for pair in found if _how(pair[0]) != _how(pair[1])]
            more = f"; {len(found) - 1} more of the kind differ" if len(found) > 1 else ""
            yield Difference(f"{_sentence((*otherwise, *found)[0])}{more}.", of_dates=not otherwise)


def _by_name(played: Played) -> dict[str, list[Line]]:
    """The first of each, the second and so on are the same one under both editions, whatever its number."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines_of(played):
        found[without_number(bare_key(line.deadline.key))].append(line)
    return found


def _in(period: Period, pair: Pair) -> bool:
    return any(line is not None and period.holds(line.deadline.due) for line in pair)


def _told(line: Line | None) -> object:
    return line and (line.deadline.due, how_done(line))


def _how(line: Line | None) -> str | None:
    return None if line is None else how_done(line)


def _sentence(pair: Pair) -> str:
    then, now = pair
    if then is None or now is None:
        (line,) = filter(None, pair)
        by = f"{line.deadline.owed}, by {moment_in_words(line.deadline.due)}"
        return f"{by}: not owed" if now is None else f"{by}: owed as well, and {_done(line)}"
    said = []
    if then.deadline.due != now.deadline.due:
        said.append(f"by {moment_in_words(now.deadline.due)}, not {moment_in_words(then.deadline.due)}")
    if how_done(then) != how_done(now):
        said.append(f"{_done(now)}, not {_done(then)}")
    return f"{now.deadline.owed}: {'; '.join(said)}"


def _done(line: Line) -> str:
    return how_done(line).replace("_", " ")


def _of_letters(own: Played, other: Played, period: Period) -> Iterator[str]:
    then, now = (
        Counter(kind_of(one) for one in letters_of(played) if period.holds(one.at)) for played in (own, other)
    )
    for kind in dict.fromkeys((*then, *now)):
        if more := now[kind] - then[kind]:
            yield f"{abs(more)} {'more' if more > 0 else 'fewer'} of this letter: {kind.replace('-', ' ')}."


def _of_refusals(own: Played, other: Played, period: Period) -> Iterator[str]:
    known = {one.entry.id for one in own.refused}
    for one in other.refused:
        if one.entry.id not in known and period.holds(one.entry.recorded_at):
            day = day_in_words(london_day(one.entry.recorded_at))
            fact = one.entry.fact.fact.replace("_", " ")
            yield f"What was recorded on {day} ({fact}) would have been refused: {one.refusal.sentence}"
    for one in own.refused:
        if one.entry.id not in {again.entry.id for again in other.refused} and period.holds(one.entry.recorded_at):
            day = day_in_words(london_day(one.entry.recorded_at))
            yield f"What was refused on {day} ({one.entry.fact.fact.replace('_', ' ')}) would have been taken."


def _of_closing(own: Played, other: Played, period: Period) -> Iterator[str]:
    then, now = own.file.closed_at, other.file.closed_at
    if then == now or not (period.holds(then) or period.holds(now)):
        return
    if now is None:
        yield "It would still be open."
    elif then is None:
        yield f"It would have been closed on {day_in_words(london_day(now))}."
    else:
        yield f"Closed on {day_in_words(london_day(now))}, not {day_in_words(london_day(then))}."
