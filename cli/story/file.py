"""A story: dated happenings on one case and what must and must not come of them, read from a YAML file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from cli.story.expectations import Expectation
from cli.story.happenings import NotAHappening, Told, as_entry
from cli.story.moments import Moment
from cli.story.yaml import NotYaml, Place, Text
from gateways.calendar import closure_days
from policy.case_file import CaseFile
from policy.deadlines import without_number
from policy.editions import in_force_on
from policy.facts import Entry, Recorded
from policy.facts.matters import MatterKind, Step
from policy.facts.promising import Chased
from policy.facts.reporting import ReportReceived
from policy.procedures.kinds import KINDS
from policy.simulation import Happening, Outage, Played, ToldBeside, simulate, told_in_an_outage
from policy.working_days import london_day

REF: Final = "STORY-1"
T = TypeVar("T")


class NotAStory(ValueError):
    """The file cannot be read as a story; `problems` say where and why."""

    def __init__(self, file: Path, problems: list[str]) -> None:
        super().__init__("\n".join(f"{file}: {problem}" for problem in problems))
        self.problems = problems


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Part):
    """Where a published case can be read. What it does not say is marked `assumed` in the story."""

    body: str
    landlord: str
    reference: str
    url: str


class _OutageTold(_Part):
    from_: Moment = Field(alias="from")
    until: Moment

    @model_validator(mode="after")
    def _ends(self) -> "_OutageTold":
        if self.until <= self.from_:
            raise ValueError("an outage ends after it began")
        return self


def _some(told: tuple[T, ...]) -> tuple[T, ...]:
    if not told:
        raise ValueError("holds nothing")
    return told


class _File(_Part):
    title: str = Field(min_length=1)
    teaches: str = Field(min_length=1)
    source: Source | None = None
    closure_days: dict[date, str] = Field(default_factory=dict)
    outage: _OutageTold | None = None
    unreachable: tuple[str, ...] = ()
    happenings: Annotated[tuple[dict[str, Any], ...], AfterValidator(_some)]
    expect: Annotated[tuple[Expectation, ...], AfterValidator(_some)]
    until: Moment | None = None


@dataclass(frozen=True)
class Story:
    """`opening` is the case before its first fact; `assumed` says by an entry's id what its source does not.
    Nothing that is sent to an `unreachable` agency gets there.
    """

    title: str
    teaches: str
    source: Source | None
    opening: CaseFile
    entries: tuple[Happening, ...]
    assumed: Mapping[str, str]
    outage: Outage | None
    unreachable: tuple[str, ...]
    until: datetime | None
    expect: tuple[Expectation, ...]

    @property
    def stops_at(self) -> datetime:
        last = self.entries[-1].recorded_at
        return max(last, self.until) if self.until else last

    def simulated(self) -> Played:
        return simulate(
            self.opening,
            self.entries,
            outage=self.outage,
            unreachable=self.unreachable,
            until=self.stops_at,
        )


def read_story(file: Path) -> Story:
    """Raises NotAStory, and OSError when the file cannot be read at all."""
    try:
        text = Text.of(file.read_text(encoding="utf-8"))
    except NotYaml as wrong:
        raise NotAStory(file, [str(wrong)]) from None
    except UnicodeDecodeError:
        raise NotAStory(file, ["is not a text in UTF-8"]) from None
    problems: list[tuple[Place, str]]
    try:
        return _made(_File.model_validate(text.content()))
    except ValidationError as error:
        problems = [(problem["loc"], problem["msg"]) for problem in error.errors()]
    except NotAHappening as wrong:
        problems = [(("happenings", wrong.number - 1, *place), why) for place, why in wrong.problems]
    raise NotAStory(file, [f"{text.in_words(place)}: {_plain(why)}" for place, why in problems])


def _plain(why: str) -> str:
    return why.removeprefix("Value error, ")


def _made(told: _File) -> Story:
    """Raises NotAHappening."""
    happenings = [as_entry(number, each) for number, each in enumerate(told.happenings, start=1)]
    first = happenings[0].entry
    if not isinstance(first.fact, ReportReceived):
        raise NotAHappening(1, [(("fact",), "a story begins with report_received")])
    day = london_day(first.at)
    opening = CaseFile(ref=REF, edition=in_force_on(day).ref, closure_days=closure_days(day, told.closure_days))
    outage = Outage(since=told.outage.from_, until=told.outage.until) if told.outage else None
    play = partial(simulate, opening, outage=outage, unreachable=told.unreachable)
    entries: list[Happening] = []
    for number, happening in enumerate(happenings, start=1):
        _fits(number, happening.entry, entries, outage)
        entries.append(_with_key_found(happening, entries, play))
    return Story(
        title=told.title,
        teaches=" ".join(told.teaches.split()),
        source=told.source,
        opening=opening,
        entries=tuple(entries),
        assumed={h.entry.id: h.assumed for h in happenings if h.assumed},
        outage=outage,
        unreachable=told.unreachable,
        until=told.until,
        expect=told.expect,
    )


def _fits(number: int, entry: Recorded[Any], before: list[Happening], outage: Outage | None) -> None:
    if before and isinstance(entry.fact, ReportReceived):
        raise NotAHappening(number, [(("fact",), "a case has one report; later ones are incident_reported")])
    if before and entry.recorded_at < before[-1].recorded_at:
        raise NotAHappening(number, [((), f"is recorded before happening {number - 1}: put them in order")])
    if outage and outage.holds(entry.recorded_at) and not told_in_an_outage(entry):
        raise NotAHappening(
            number,
            [((), "the system was away then: only reports and incidents could be told. Give it a `recorded_at`")],
        )


def _with_key_found(happening: Told, before: list[Happening], play: Callable[..., Played]) -> Happening:
    """The letter or matter that is meant, by its kind: its key is found by playing what came before."""
    entry = happening.entry
    kind = happening.letter or happening.beside or _matter_named(entry)
    if isinstance(entry, Entry) and kind is None:
        return entry
    played = play(before, until=entry.recorded_at)
    open_ones = played.file.letters if happening.letter else played.file.matters
    keys = [key for key, one in open_ones.items() if one.kind == kind]
    if not isinstance(entry, Entry):
        return ToldBeside(_beside(happening, played, keys), entry)
    field = "key" if happening.letter else "matter"
    fact = entry.fact.model_copy(update={field: keys[0] if keys else kind})
    return entry.model_copy(update={"fact": fact})


def _beside(happening: Told, played: Played, open_ones: list[str]) -> str:
    """The one that is asked for now; the one named, else the oldest of that kind that is open, else the last that
    was.
    """
    named = str(happening.beside)
    if isinstance(happening.entry.fact, KINDS[without_number(named)].asked or ()):
        return f"{without_number(named)}-{sum(without_number(key) == named for key in played.beside) + 1}"
    of_kind = [key for key in played.beside if named in {key, without_number(key)}]
    found = [key for key in of_kind if key in open_ones] or of_kind[-1:]
    if not found:
        raise NotAHappening(happening.number, [(("beside",), f"there is no {named} beside the case yet")])
    return found[0]


def _matter_named(entry: Recorded[Any]) -> MatterKind | None:
    """`matter: promise` is the oldest that is open; `matter: promise-7` is that one."""
    named = entry.fact.matter if isinstance(entry.fact, Step | Chased) else None
    return MatterKind(named) if named in list(MatterKind) else None
