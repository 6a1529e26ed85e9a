"""Who is on a case, and which other cases it is tied to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from pydantic import AwareDatetime

from policy.care import Hate
from policy.facts.linking import Tie
from policy.facts.parts import Earlier, Part
from policy.facts.people import Standing
from policy.frozen import Frozen

COMPLAINANT: Final = "complainant"
"""What whoever reports is called on the case."""


NOBODY: Final = "nobody"
"""For whom something goes on that was begun for somebody who is not on the case after all."""

_AS_SPACES: Final = str.maketrans("-_", "  ")


def called(person: str) -> str:
    """`the complainant`, `household member 2`, and of a case that joined this one `a victim of CW-2026-000123`."""
    if person[:1].isupper():
        return f"a victim of {person}"
    return person.translate(_AS_SPACES) if "-" in person else f"the {person}"


VICTIMS: Final = frozenset({Part.COMPLAINANT, Part.VICTIM})
AFFECTED: Final = VICTIMS | {Part.WITNESS}


class OnCase(Frozen):
    """Somebody on the case: what part they take, and under which id they are kept where we know them.
    `known_since` then. `unfilled` is a place that is empty still: there is a victim, and nobody has said who;
    `found_at` is when somebody was, whom we had given up finding.
    """

    part: Part
    person: str | None = None
    known_since: AwareDatetime | None = None
    standing: Standing = Standing.UNKNOWN
    minor: bool = False
    acts_for: str | None = None
    since: AwareDatetime
    left_at: AwareDatetime | None = None
    unfilled: bool = False
    found_at: AwareDatetime | None = None
    repeat: Earlier | None = None

    @property
    def victim_before(self) -> bool:
        """Affected here, and they or somebody they live with was so before. (repeat-victims, section 4)"""
        told = self.repeat if self.part in VICTIMS else None
        return told is not None and bool(told.as_victim or told.household_as_victim)

    @property
    def perpetrator_before(self) -> bool:
        """The same of somebody complained about. (repeat-victims, section 4)"""
        told = self.repeat if self.part is Part.PERPETRATOR else None
        return told is not None and bool(told.as_perpetrator or told.household_as_perpetrator)


def one_since(people: Mapping[str, OnCase], key: str, name: str) -> datetime | None:
    """When we learnt that both are one person's; None of a name by itself."""
    if key == name:
        return None
    both = (people[one].known_since for one in (key, name))
    return max((since for since in both if since is not None), default=None)


class Joined(Frozen):
    """Into which open case, by which fact, and when."""

    into: str
    about: str
    at: AwareDatetime


class Link(Frozen):
    other: str
    tie: Tie


class Parted(Frozen):
    """A case that had joined this one, from when until when."""

    from_case: str
    came_at: AwareDatetime
    gone_at: AwareDatetime


class Brought(Frozen):
    """What a case that joined this one brought along. `made_serious`: this one is serious for nothing
    of its own. What is `since` counts from when it came.
    """

    from_case: str
    came_at: AwareDatetime
    reports: tuple[AwareDatetime, ...]
    hate: Hate | None
    serious_since: AwareDatetime | None
    made_serious: bool
    crime_alleged: bool = False
