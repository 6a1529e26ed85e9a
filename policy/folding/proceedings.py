"""Legal action on a case: how it begins, what it was told, and the court's days. (legal-remedies, witness-care)"""

from datetime import date, datetime

from policy.care import Hearing
from policy.case_file import CaseFile
from policy.conduct import Proceeding
from policy.editions import Edition
from policy.facts import Entry, proceedings
from policy.facts.matters import MatterKind
from policy.facts.proceedings import CourtDay
from policy.folding.base import fold
from policy.legal_action.beginning import as_begun
from policy.working_days import london_day, on_the_day


@fold.register
def _(fact: proceedings.LegalActionProposed, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """Under the key that its matter will have."""
    begins = as_begun(fact, file, entry, edition)
    proposed = Proceeding(
        remedy=begins.remedy,
        person=begins.person,
        edition=file.edition,
        closure_days=file.closure_days,
        begins=begins,
    )
    return file.with_(legal={**file.legal, f"{MatterKind.LEGAL_ACTION}-{file.seq + 1}": proposed})


@fold.register
def _(fact: proceedings.LegalActionTold, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if (known := file.legal.get(fact.matter)) is None:
        return file
    told = known.model_copy(update={"begins": None, "told": fact.known})
    return file.with_(legal={**file.legal, fact.matter: told})


@fold.register(proceedings.LegalActionMoved)
@fold.register(proceedings.LegalOrderMade)
@fold.register(proceedings.LegalActionFinished)
def _(fact: proceedings.Heard, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """A court's day that is not the one known is prepared for anew."""
    if isinstance(fact, proceedings.LegalActionFinished):
        file = _without(file, fact.matter)
    hearings = file.hearings
    for key, day in fact.court_days().items():
        hearings = _with_the_last_one_kept(hearings, key, day, entry, edition)
        if day is not None:
            known = hearings.get(key) or Hearing(on=day.on)
            if day.heard_at is not None and known.held_at is None:
                told: dict[str, object] = {"held_at": _held_at(day.on, day.heard_at, edition)}
                told |= {} if known.people else {"people": dict.fromkeys(file.affected, fact.at)}
                known = known.model_copy(update=told)
            hearings[key] = known
    return file.with_(hearings=hearings)


@fold.register
def _(fact: proceedings.LegalActionStopped, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return _without(file, fact.matter)


def _without(file: CaseFile, matter: str) -> CaseFile:
    return file.with_(legal={key: one for key, one in file.legal.items() if key != matter})


def _with_the_last_one_kept(
    known_ones: dict[str, Hearing], key: str, day: CourtDay | None, entry: Entry, edition: Edition
) -> dict[str, Hearing]:
    """One whose day has come was held on it, also where the court put it off that day; people are supported after
    it all the same. One whose day had not come is not held.
    """
    hearings = dict(known_ones)
    known = hearings.get(key)
    if known is None or (day is not None and known.on == day.on):
        return hearings
    del hearings[key]
    if known.held_at is None and known.on <= london_day(entry.recorded_at):
        known = known.model_copy(update={"held_at": _held_at(known.on, entry.recorded_at, edition)})
    if known.held_at is not None:
        earlier = sum(one.removeprefix(f"{key}-").isdigit() for one in hearings)
        hearings[f"{key}-{earlier + 1}"] = known
    return hearings


def _held_at(on: date, by: datetime, edition: Edition) -> datetime:
    """On its day, however long the court took to decide."""
    return min(on_the_day(on, edition.office.closes).moment, by)
