"""When a court sits for us, as its facts tell: each day that was set, whether it was moved, whether it is off."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

from policy.facts import FACT_TYPES
from policy.facts.base import Fact
from policy.facts.hearings import HearingAdjourned, HearingListed, HearingVacated
from policy.frozen import Frozen
from policy.legal_action import facts as legal
from policy.legal_action.facts import LEGAL_FACT_TYPES
from policy.working_days import london_day

HEARING: Final = "hearing"
"""Of the court that was asked for the remedy, also of a breach; what a case is told of is called `hearing-7`."""
APPEAL: Final = "appeal"


def _named(*kinds: type[Fact]) -> tuple[str, ...]:
    return tuple(kind.model_fields["fact"].default for kind in kinds)


OF_LEGAL_ACTIONS: Final = _named(
    *(legal.PapersIssued, legal.CourtListed, legal.CourtAdjourned, legal.CourtDecided, legal.BreachAnswered),
    *(legal.AppealLodged, legal.AppealDecided, legal.LegalActionEnded),
)
OF_CASES: Final = _named(HearingListed, HearingAdjourned, HearingVacated)


_Listing = HearingListed | HearingAdjourned | legal.CourtListed


class Sitting(Frozen):
    """`first` is the number of the fact that first set a day for it: with `about` and that, it is the same sitting
    however often it is moved. `changes` counts the later ones, the last recorded at `said_at`; `court` is the
    number of the fact that names the court. `off`: it was not to be held any more, before its day had come.
    """

    about: str
    series: str
    first: int
    on: date
    hour: time | None = None
    court: int | None
    said_at: datetime
    changes: int = 0
    off: bool = False

    def had_come(self, at: datetime) -> bool:
        return self.on <= london_day(at)


@dataclass
class _Courts:
    """Of one timeline."""

    about: str
    court: int | None = None
    appealed: bool = False
    sittings: list[Sitting] = field(default_factory=list)

    def listed(self, series: str, fact: _Listing, seq: int, said_at: datetime) -> None:
        """Another day or hour for what is still to come; something new once that day had come, unless the same."""
        known, day = self._last(series), {"on": fact.on, "hour": fact.hour}
        last = self.sittings[known] if known is not None else None
        if known is None or last is None or (last.had_come(fact.at) and not last.off and last.on != fact.on):
            court = self.court if series != APPEAL else None
            new = Sitting(about=self.about, series=series, first=seq, court=court, said_at=said_at, **day)
            self.sittings.append(new)
        elif last.off or (last.on, last.hour) != (fact.on, fact.hour):
            self._change(known, said_at, off=False, **day)

    def off(self, series: str, at: datetime, said_at: datetime) -> None:
        place = self._last(series)
        if place is not None and not self.sittings[place].off and not self.sittings[place].had_come(at):
            self._change(place, said_at, off=True)

    def all_off(self, at: datetime, said_at: datetime) -> None:
        for series in dict.fromkeys(one.series for one in self.sittings):
            self.off(series, at, said_at)

    def _last(self, series: str) -> int | None:
        return next((n for n in reversed(range(len(self.sittings))) if self.sittings[n].series == series), None)

    def _change(self, place: int, said_at: datetime, **how: object) -> None:
        known = self.sittings[place]
        self.sittings[place] = known.model_copy(update={**how, "changes": known.changes + 1, "said_at": said_at})

    def told(self, fact: Fact, seq: int, said_at: datetime) -> None:
        match fact:
            case HearingListed():
                self.court = seq
                self.listed(f"{HEARING}-{seq}", fact, seq, said_at)
                self.court = None
            case HearingAdjourned():
                self.listed(fact.matter, fact, seq, said_at)
            case HearingVacated():
                self.off(fact.matter, fact.at, said_at)
            case legal.CourtListed():
                self.listed(self._court(fact.appeal), fact, seq, said_at)
            case legal.CourtAdjourned():
                self.off(self._court(fact.appeal), fact.at, said_at)
            case legal.PapersIssued():
                self.court = seq
            case _:
                self._over(fact, said_at)

    def _over(self, fact: Fact, said_at: datetime) -> None:
        match fact:
            case legal.AppealLodged():
                self.appealed = True
            case legal.AppealDecided():
                self.appealed = False
                self.off(APPEAL, fact.at, said_at)
            case legal.CourtDecided() | legal.BreachAnswered(to_court=False):
                self.off(HEARING, fact.at, said_at)
            case legal.LegalActionEnded():
                self.all_off(fact.at, said_at)

    def _court(self, appeal: bool | None) -> str:
        """What a court says while an appeal is open is of that, unless it is said to be of a breach."""
        return APPEAL if appeal or (appeal is None and self.appealed) else HEARING


def sittings_of(told: Iterable[tuple[str, int, datetime, dict[str, Any]]]) -> list[Sitting]:
    """From what was told under each reference, in its order: number, when it was recorded, and the fact's words.
    Other facts may be among them.
    """
    courts: dict[str, _Courts] = {}
    for about, seq, said_at, content in told:
        kind = LEGAL_FACT_TYPES.get(content["fact"]) or FACT_TYPES[content["fact"]]
        courts.setdefault(about, _Courts(about)).told(kind.model_validate(content), seq, said_at)
    return [one for each in courts.values() for one in each.sittings]
