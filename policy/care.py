"""What the case file knows of hate, wishes, needs, risk and safety: codes and dates, by what people are called."""

from datetime import date, datetime, time
from typing import Self

from pydantic import AwareDatetime, Field

from policy.facts.hearings import When
from policy.facts.needs import Adjustment
from policy.facts.people import Means
from policy.facts.reporting import Perceiver, Strand
from policy.frozen import Frozen
from policy.hours import Hours


class Hate(Frozen):
    """Hate as perceived, from the moment it was first told; we learnt of it then or later. Strands only gather."""

    since: AwareDatetime
    learnt_at: AwareDatetime
    strands: tuple[Strand, ...]
    perceived_by: Perceiver
    offence_alleged: bool


class Need(Frozen):
    """Of one kind, of somebody on either side, as told last."""

    person: str
    kind: str
    told_at: AwareDatetime
    adjustments: tuple[Adjustment, ...] = ()
    in_another_language: bool = False
    means: tuple[Means, ...] = ()


class SafeWay(Frozen):
    """The only ways to reach somebody; none while no safe one is known."""

    told_at: AwareDatetime
    means: tuple[Means, ...] = ()
    from_time: time | None = None
    until_time: time | None = None

    def allows(self, means: Means, at: datetime) -> bool:
        """A letter can be read at any hour. Of an e-mail a telephone may say at once that it has come."""
        return means in self.means and (means is Means.POST or self.hours.hold(at))

    @property
    def never(self) -> tuple[Means, ...]:
        return tuple(one for one in Means if one not in self.means)

    @property
    def hours(self) -> Hours:
        return Hours(from_time=self.from_time, until_time=self.until_time)


class Helped(Frozen):
    """As somebody is who is abused, whether or not we know that they are."""

    specialist_offered_at: AwareDatetime | None = None
    legal_options_at: AwareDatetime | None = None


class DomesticAbuse(Helped):
    """Of one person on the case. `again_since`, by the field that says when it was done: from then on that is owed
    to them, since it was done for somebody else.
    """

    since: AwareDatetime
    again_since: dict[str, AwareDatetime] = Field(default_factory=dict)

    def owed_since(self, what: str) -> datetime | None:
        """None where it was done since."""
        since, done_at = max(self.since, self.again_since.get(what, self.since)), getattr(self, what)
        return None if done_at is not None and done_at >= since else since


class Told(Frozen):
    """What a victim must be told. `others`: who else than the complainant was, each when last; `again_since`: from
    then on it is owed to somebody else than whoever was told.
    """

    others: dict[str, AwareDatetime] = Field(default_factory=dict)
    again_since: AwareDatetime | None = None


class Meeting(Frozen):
    """One that answered the policy's questions about a disability, and whether legal action `goes_on` after it."""

    at: AwareDatetime
    goes_on: bool


class Disability(Frozen):
    """Of one person, under one of their names: each moment at which a need of theirs was told that is one, or may
    be, and each of the meetings about it: what was done is covered by one that was held before it.
    """

    suspected: tuple[AwareDatetime, ...] = ()
    meetings: tuple[Meeting, ...] = ()

    def with_(self, other: Self) -> Self:
        """Of the same person."""
        both = {"suspected": self.suspected + other.suspected, "meetings": self.meetings + other.meetings}
        return self.model_copy(update=both)


class Risk(Frozen):
    """`owed_since`: from then an assessment is owed; `asked`: it is, whatever the case holds. The last one scored
    `score`, in `band`, at `at`.
    """

    owed_since: AwareDatetime | None = None
    asked: bool = False
    at: AwareDatetime | None = None
    score: int = 0
    band: str | None = None


class Safety(Frozen):
    """Of one person. `considered_at`: ways to get them away were, last; `again_since`: something made it necessary
    to consider it again. `in_danger_since`: it is not safe for them to stay, and no emergency accommodation has
    been begun for them yet. `sought_at`: some was, last.
    """

    considered_at: AwareDatetime | None = None
    again_since: AwareDatetime | None = None
    in_danger_since: AwareDatetime | None = None
    sought_at: AwareDatetime | None = None


class DayBefore(Frozen):
    """A day of a hearing `until` the court set another: who was owed support since when, and what they had."""

    on: date
    until: AwareDatetime
    people: dict[str, AwareDatetime]
    given: dict[str, AwareDatetime]


class Hearing(Frozen):
    """As we were told of it `told_at`. `people` are those whose support is owed: what was done since then counts,
    from when the court set the day; `given` is what they had, and when last: `before:witness-2`. `moved_from` are
    the days that it had before, the first of all first; another `hour` of one day is no other day.
    """

    on: date
    hour: time | None = None
    told_at: AwareDatetime
    held_at: AwareDatetime | None = None
    people: dict[str, AwareDatetime] = Field(default_factory=dict)
    given: dict[str, AwareDatetime] = Field(default_factory=dict)
    moved_from: tuple[DayBefore, ...] = ()

    def was_set(self, person: str, at: datetime) -> bool:
        """Whether it had this same day then, before another one was set and this one again."""
        same = (one for one in self.moved_from if one.on == self.on)
        return any(one.people.get(person, one.until) <= at < one.until for one in same)

    def still_owed(self, person: str) -> list[When]:
        """Before it until it is held; the rest until they had support after it."""
        given = {when for when in When if f"{when}:{person}" in self.given}
        if When.AFTER in given:
            return []
        stages = [When.BEFORE, When.DURING] if self.held_at is None else [When.DURING, When.AFTER]
        return [when for when in stages if when not in given]


class Wish(Frozen):
    """What the complainant wishes of us, as they said last; each with the moment since which it is so.
    `contact_again_since`: they had declined contact and want it; `pursued_again_since`: they had withdrawn and
    go on.
    """

    no_contact_since: AwareDatetime | None = None
    withdrawn_at: AwareDatetime | None = None
    anonymous_since: AwareDatetime | None = None
    contact_again_since: AwareDatetime | None = None
    pursued_again_since: AwareDatetime | None = None
