"""A line of a timeline as staff read it: what happened, when, by whom, and what was said."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from policy.company import called
from policy.correcting import Correction
from policy.facts import Entry
from policy.facts.base import Recorded, Role
from policy.frozen import Frozen
from policy.headings import heading_of, heading_of_kind
from policy.packs.fields import codes_of, said_in
from store.timeline import TimelineEntry

RECORDED_LATE: Final = timedelta(hours=1)
"""As in a pack."""
_OF_US: Final = {"officer": "Officer", "owner": "By"}
"""Fields that name one of us."""
OTHERS: Final = {
    Role.SYSTEM: "Casework itself",
    Role.RESIDENT: "a resident, on our pages",
    Role.AGENCY: "the agency",
}
"""Who recorded it, where it was none of us."""


class Happened(Frozen):
    """`said` are labels and words, `staff` labels and ids of ours; both None once they were erased. `by` is an id
    of ours, or None where `by_others` says who it was.
    """

    seq: int
    fact: str
    heading: str
    at: datetime
    recorded_at: datetime | None
    """Where that was late."""
    by: str | None
    by_others: str
    said: tuple[tuple[str, str], ...] | None
    staff: tuple[tuple[str, str], ...] | None
    corrected_by: tuple[Correction, ...]

    def has(self, words: str) -> bool:
        text = " ".join((self.heading, *(part for said in self.said or () for part in said))).casefold()
        return all(word in text for word in words.casefold().split())


def happened(entry: TimelineEntry, names: Mapping[str, str], read_as: type[Recorded[Any]] = Entry) -> Happened:
    """`names` are those of the people on the case, by their key."""
    said, staff, heading = None, None, heading_of_kind(entry.fact)
    if entry.content is not None:
        fact = entry.entry_as(read_as).fact
        if read_as is Entry:
            heading = heading_of(fact, lambda key: names.get(key, called(key)))
        said = (*said_in(fact), *codes_of(fact))
        staff = tuple((label, one) for name, label in _OF_US.items() if (one := getattr(fact, name, None)))
    others = OTHERS.get(Role(entry.by_role))
    return Happened(
        seq=entry.seq,
        fact=entry.fact,
        heading=heading,
        at=entry.at,
        recorded_at=entry.recorded_at if entry.recorded_at - entry.at > RECORDED_LATE else None,
        by=None if others else entry.by_id,
        by_others=others or "",
        said=said,
        staff=staff,
        corrected_by=entry.corrected_by,
    )


def of_us(lines: Sequence[Happened]) -> Iterator[str]:
    """The ids whose names the lines need."""
    for line in lines:
        if line.by:
            yield line.by
        yield from (one for _, one in line.staff or ())
        yield from (one.by_id for one in line.corrected_by)
