"""Legal action on a case: how it begins, what it was told, and the court's days. (legal-remedies, witness-care)"""

from datetime import datetime

from policy.care import Hearing
from policy.case_file import CaseFile
from policy.conduct import Proceeding
from policy.editions import Edition
from policy.facts import Entry, proceedings
from policy.facts.matters import MatterKind
from policy.facts.proceedings import CourtDay, DaySaid
from policy.folding.base import fold
from policy.folding.hearings import come_to_pass, held_at, put_off, set_on, with_day
from policy.folding.publicity import set_aside
from policy.legal_action.beginning import as_begun


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
    if isinstance(fact, proceedings.LegalOrderMade):
        file = _granted(file, fact.matter, entry)
    if isinstance(fact, proceedings.LegalActionFinished):
        file = _without(set_aside(file, fact, entry, edition) if fact.set_aside else file, fact.matter)
    for key, day in fact.court_days().items():
        file = _known_now(file, key, day or CourtDay(), fact.at, edition)
    return file


def _known_now(file: CaseFile, key: str, said: CourtDay, at: datetime, edition: Edition) -> CaseFile:
    """As if all that was said meanwhile had been told then."""
    before = None
    for day in (*said.earlier, said):
        before = file.hearings.get(key, before)
        file = _without_another(file, key, day, day.said_at or at, edition)
        if day.on is not None:
            known = file.hearings.get(key) or set_on(day.on, day.said_at or at, file, before, told_at=at)
            known = known.model_copy(update={"hour": day.hour})
            file = with_day(file, key, _heard_on(known, day, edition))
    return file


def _without_another(file: CaseFile, key: str, day: DaySaid, at: datetime, edition: Edition) -> CaseFile:
    known = file.hearings.get(key)
    if known is None or known.on == day.on:
        return file
    return file.with_(hearings=put_off(file.hearings, key, at, edition))


def _heard_on(known: Hearing, day: DaySaid, edition: Edition) -> Hearing:
    if day.heard_at is None or known.held_at is not None:
        return known
    return known.model_copy(update={"held_at": held_at(known.on, day.heard_at, edition)})


@fold.register
def _(fact: proceedings.LegalActionStopped, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    """No court's day is waited for any more; whoever came on one is supported after it."""
    hearings = dict(file.hearings)
    for key in proceedings.hearings_of(fact.matter):
        if (known := hearings.pop(key, None)) and (held := come_to_pass(known, fact.at, edition)):
            hearings[key] = held
    return _without(file, fact.matter).with_(hearings=hearings)


def _granted(file: CaseFile, matter: str, entry: Entry) -> CaseFile:
    """With the fact that the case heard of its order first."""
    known = file.legal.get(matter)
    if known is None or known.granted is not None:
        return file
    granted = known.model_copy(update={"granted": entry.id})
    return file.with_(legal={**file.legal, matter: granted}, orders={**file.orders, matter: None})


def _without(file: CaseFile, matter: str) -> CaseFile:
    return file.with_(legal={key: one for key, one in file.legal.items() if key != matter})
