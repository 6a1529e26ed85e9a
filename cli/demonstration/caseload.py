"""What will be told: the same seed and day give the same lives of the same people."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import groupby
from random import Random
from typing import Any, Final

import yaml
from pydantic import Field

from cli.demonstration.people import Household, household
from gateways.calendar import bank_holidays
from policy.facts.base import Role
from policy.frozen import Frozen
from policy.working_days import LONDON, is_weekend, london_day
from runtime.embedded.personas import PERSONAS

OFFICERS: Final = tuple(one.subject for one in PERSONAS.values() if one.role is Role.OFFICER)
OTHER_OFFICER: Final = "other officer"

_CLOSES: Final = time(17)
_OF_A_PLOT: Final = ("channel", "hate", "police_advised", "domestic_abuse", "safe_contact")
_FIRST_STEP: Final = time(10)
_BETWEEN_STEPS: Final = timedelta(minutes=12)


class Told(Frozen):
    """A fact and who records it, under which step of its life. What is `now` happens as it is told,
    `beside` says on which kind of what runs beside the case, `begins` what later steps call the matter. What
    `waits` is taken once letters have gone or a court's day is known on the case. `files` come with it.
    """

    step: int
    by: str
    body: Mapping[str, Any]
    at: datetime
    now: bool = False
    beside: str | None = None
    begins: str | None = None
    waits: bool = False
    files: tuple[str, ...] = ()


class Life(Frozen):
    """One case. `other` is the number of the life whose case it joins or is linked with."""

    number: int
    plot: str
    report: Told
    then: tuple[Told, ...]
    other: int | None = None


class _Plot(Frozen):
    """As written in `plots/`. `whole` is the age at which all of it has been told, `often` how often it is told
    after that, set against others. What is of `today` is reported as it is told, and all else happens then.
    """

    plot: str
    often: int = 1
    today: bool = False
    category: str
    ages: tuple[int, int]
    whole: int | None = None
    channel: str
    prefers: str
    about: bool = False
    unallocated: bool = False
    other: str | None = None
    hate: Mapping[str, Any] | None = None
    police_advised: bool | None = None
    domestic_abuse: bool | None = None
    safe_contact: Mapping[str, Any] | None = None
    words: tuple[str, ...]
    then: tuple[Mapping[str, Any], ...] = Field(repr=False)


@cache
def plots() -> tuple[_Plot, ...]:
    folder = files("cli.demonstration").joinpath("plots")
    texts = [
        folder.joinpath(name).read_text(encoding="utf-8")
        for name in ("nuisance.yaml", "harm.yaml", "waiting.yaml")
    ]
    return tuple(_Plot.model_validate(one) for text in texts for one in yaml.safe_load(text))


def caseload(seed: int, number: int, now: datetime) -> Sequence[Life]:
    """So many lives, each plot once at its full age before any is told again. All of it had happened by
    the evening on which the office last closed, but for what is `now`.
    """
    ends = last_evening(now)
    lives: list[Life] = []
    for place in range(number):
        chance = Random(f"{seed} {place}")  # noqa: S311 - a story, no secret
        first = place < len(plots())
        plot = plots()[place] if first else chance.choices(plots(), [one.often for one in plots()])[0]
        age = max(plot.ages[1], plot.whole or 0) if first else chance.randint(*plot.ages)
        other = next((one.number for one in lives if one.plot == plot.other), None) if plot.other else None
        lives.append(_life(plot, place, _Days(ends, age), chance).model_copy(update={"other": other}))
    return lives


def last_evening(now: datetime) -> date:
    """The working day on which the office closed last."""
    day = london_day(now)
    if now.astimezone(LONDON).time() < _CLOSES:
        day -= timedelta(days=1)
    while not _is_worked(day):
        day -= timedelta(days=1)
    return day


def _life(plot: _Plot, number: int, days: "_Days", chance: Random) -> Life:
    home, age = household(chance, number), days.age
    begins = _moment(days.day(0), time(8 + chance.randrange(4), chance.randrange(5, 60)))
    officer = OFFICERS[number % len(OFFICERS)]
    say = _Saying(home, days, officer, chance)
    report = Told(step=0, by=officer, at=begins, now=plot.today, body=_report(plot, home, say))
    steps = [] if plot.unallocated else [_allocated(officer, begins, now=plot.today)]
    of_day = groupby([one for one in plot.then if one.get("day", 0) <= age], key=lambda one: one.get("day", 0))
    for day, told in of_day:
        for place, step in enumerate(told):
            first = begins + 2 * _BETWEEN_STEPS if plot.today else _moment(days.day(day), _FIRST_STEP)
            usual = first + place * _BETWEEN_STEPS
            after = begins + timedelta(minutes=step["after"]) if "after" in step else usual
            steps.append(say.step(dict(step) | ({"now": True} if plot.today else {}), len(steps) + 1, after))
    return Life(number=number, plot=plot.plot, report=report, then=tuple(steps))


def _report(plot: _Plot, home: Household, say: "_Saying") -> dict[str, Any]:
    said = {name: value for name in _OF_A_PLOT if (value := getattr(plot, name)) is not None}
    said |= {"category": plot.category, "words": say.said("words", plot.words), "place": home.place}
    if plot.prefers != "none":
        said["complainant"] = home.complainant(plot.prefers)
    if plot.about:
        said["about"] = home.about
    return say.all_of(said) | ({"reporter": "anonymous"} if plot.prefers == "none" else {})


def _allocated(officer: str, begins: datetime, *, now: bool) -> Told:
    body = {"fact": "case_allocated", "officer": officer}
    return Told(
        step=1, by=_of_team(officer, Role.SUPERVISOR), at=begins + timedelta(minutes=15), now=now, body=body
    )


def _of_team(officer: str, role: Role) -> str:
    """Somebody else of that role in the officer's team, the next in turn."""
    [team] = PERSONAS[officer].teams
    theirs = [one.subject for one in PERSONAS.values() if one.role is role and team in one.teams]
    return theirs[(theirs.index(officer) + 1) % len(theirs)] if officer in theirs else theirs[0]


class _Days:
    """Working days from the report on, which was `age` of them before the last."""

    def __init__(self, ends: date, age: int) -> None:
        self._known, self.age = [ends], age
        while len(self._known) <= age:
            self._known.insert(0, _next(self._known[0], -1))

    def day(self, number: int) -> date:
        while len(self._known) <= number:
            self._known.append(_next(self._known[-1], 1))
        return self._known[number]


def _next(day: date, way: int) -> date:
    day += timedelta(days=way)
    while not _is_worked(day):
        day += timedelta(days=way)
    return day


def _is_worked(day: date) -> bool:
    return not is_weekend(day) and day not in bank_holidays(day.year)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, LONDON).astimezone(UTC)


class _Saying:
    """A plot's words with the names, days and people of one life in them."""

    def __init__(self, home: Household, days: _Days, officer: str, chance: Random) -> None:
        self._home, self._days, self._officer, self._chance = home, days, officer, chance

    def step(self, written: Mapping[str, Any], number: int, at: datetime) -> Told:
        ours = {"day", "after", "now", "by", "beside", "begins", "waits", "files"}
        body = self.all_of({name: value for name, value in written.items() if name not in ours})
        return Told(
            step=number,
            by=self._by(written.get("by", "officer")),
            at=at,
            now=written.get("now", False),
            body=body,
            beside=written.get("beside"),
            begins=written.get("begins"),
            waits=written.get("waits", False),
            files=tuple(written.get("files", ())),
        )

    def all_of(self, written: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self.said(name, value) for name, value in written.items()}

    def said(self, name: str, value: Any) -> Any:  # noqa: ANN401 - whatever YAML holds
        match value:
            case dict():
                return self.all_of(value)
            case tuple() if name == "words":
                return self.said(name, self._chance.choice(value))
            case list():
                return [self.said(name, one) for one in value]
            case str() if value.startswith("day "):
                return self._day(value)
            case str():
                return value.format_map(dict(self._home.names) | {"officer": self._officer})
            case _:
                return value

    def _day(self, value: str) -> str:
        """`day 5`, or `day 5 10:00`: so many working days after the report."""
        _, number, *at = value.split()
        day = self._days.day(int(number))
        return _moment(day, time.fromisoformat(at[0])).isoformat() if at else day.isoformat()

    def _by(self, role: str) -> str:
        match role:
            case Role.OFFICER:
                return self._officer
            case Role.SUPERVISOR:
                return _of_team(self._officer, Role.SUPERVISOR)
            case _ if role == OTHER_OFFICER:
                return _of_team(self._officer, Role.OFFICER)
            case _:
                return f"{role}-1"
