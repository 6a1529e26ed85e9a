"""In how many other cases somebody, their household or an address was affected or complained about."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from policy.facts.parts import Earlier, Part
from policy.frozen import Frozen
from store import case_people, mentions, tenancies
from store.case_people import Appearance
from store.sessions import Reading

_AFFECTED = frozenset({Part.VICTIM, Part.COMPLAINANT})


class Repeat(Frozen):
    """`since` is when the first of these cases was reported, `cases` their references, the newest first."""

    earlier: Earlier
    since: datetime | None = None
    cases: tuple[str, ...] = ()


class RepeatAddress(Frozen):
    as_victim: int
    as_perpetrator: int
    since: datetime | None


async def of_people(
    db: Reading, people: Sequence[str], *, reported_since: datetime, besides: str, today: date
) -> dict[str, Repeat]:
    """For each of them, with whom they live today. (repeat-victims, section 4)"""
    homes = await tenancies.households(db, people, today)
    everybody = sorted({one for home in homes.values() for one in home})
    seen = await case_people.appearances(db, everybody, reported_since=reported_since, besides=besides)
    return {person: _repeat(seen, person, homes[person]) for person in people}


async def of_address(
    db: Reading, address: Sequence[str], *, reported_since: datetime, besides: str
) -> RepeatAddress:
    """By what was reported as the address of whoever was affected or complained about."""
    named = await mentions.at_address(db, address, reported_since=reported_since, besides=besides)
    return RepeatAddress(
        as_victim=len({one.case_ref for one in named if one.part == "complainant"}),
        as_perpetrator=len({one.case_ref for one in named if one.part == "about"}),
        since=min((one.reported_at for one in named), default=None),
    )


def _repeat(seen: Sequence[Appearance], person: str, home: set[str]) -> Repeat:
    own = [one for one in seen if one.person_id == person]
    together = [one for one in seen if one.person_id in home]
    counted = [one for one in together if one.part in _AFFECTED or one.part is Part.PERPETRATOR]
    earlier = Earlier(
        as_victim=_cases(own, _AFFECTED),
        as_perpetrator=_cases(own, {Part.PERPETRATOR}),
        household_as_victim=_cases(together, _AFFECTED),
        household_as_perpetrator=_cases(together, {Part.PERPETRATOR}),
    )
    since = min((one.reported_at for one in counted), default=None)
    return Repeat(earlier=earlier, since=since, cases=tuple(dict.fromkeys(one.case_ref for one in counted)))


def _cases(seen: Iterable[Appearance], parts: Iterable[Part]) -> int:
    wanted = set(parts)
    return len({one.case_ref for one in seen if one.part in wanted})
