"""The rows of one case become its history: by the same rules as everything else, except that what another office
did is not refused for not being what the policy asks for.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

from cli.importing.access import MakesNoSense, access_of, in_order
from cli.importing.rows import Beside, Case, Source, Told, renamed, told
from cli.importing.template import NotSaid
from gateways.calendar import closure_days
from policy import refusals
from policy.case import CASE
from policy.case_file import CaseFile
from policy.editions import EditionRef, in_force_on, of
from policy.facts import SYSTEM, Entry
from policy.facts.closing import CaseClosed
from policy.facts.importing import CaseImported
from policy.facts.parts import PersonIdentified, PersonJoined
from policy.facts.reporting import ReportReceived
from policy.refusals import Refused
from policy.rules import taken_as_told
from policy.working_days import london_day
from store.imported import History
from store.people import PersonTold
from store.recording import Projection

_BEGUN: Final = ("matter", "hearing", "group", "agreement")
"""Fields that name what an earlier row began: by the key that it has here, or by the `id` of that row."""
MAKES_NO_SENSE: Final[Mapping[type[Refused], str]] = {
    refusals.FactInTheFuture: "is dated in the future",
    refusals.FactBeforeTheReport: "is dated before the report of its case",
    refusals.CaseAlreadyReported: "is a second report_received of its case: a further one is incident_reported",
    refusals.CaseIsClosed: "is dated after its case was closed",
    refusals.CaseIsJoined: "is dated after its case was joined to another",
    refusals.CategoryUnknown: "has a category that the policy does not know",
    refusals.HateNeedsAStrand: "is hate without a strand",
    refusals.NotOnTheCase: "names somebody who is not on its case",
    refusals.AlreadyOnTheCase: "puts somebody on its case who is on it already",
    refusals.KeyDoesNotFit: "calls somebody by a name that does not fit their part",
    refusals.MatterNotOpen: "goes on with something that no earlier row began",
    refusals.EditionNotKnown: "names an edition that there is not",
    refusals.AnswerNotKnown: "answers a question that there is not",
    refusals.SignpostNotKnown: "names an offer of help that there is not",
}
"""What is no history. Anything else that the policy would refuse today was done all the same, and is kept."""
WAITS: Final = "waits for another row of its case that is rejected"


@dataclass(frozen=True)
class Rejected:
    """`reason` quotes nothing, so that it can be counted and printed."""

    line: int
    reason: str


@dataclass
class Made:
    """What became of the rows of a case: rejected, all of them, where it has no `history`. `unusual` are refusals
    that today's policy would have had for what was done.
    """

    history: History | None = None
    rejected: list[Rejected] = field(default_factory=list)
    unusual: Counter[str] = field(default_factory=Counter)


def made(source: Source, case: Case) -> Made:
    found, entries, beside, ids = Made(), list[Told](), list[Beside](), set[str]()
    for place, row in enumerate(case.rows):
        try:
            one = told(source, case.name, row, place)
            id_ = one.note.id if isinstance(one, Beside) else one.entry.id
            if id_ in ids:
                raise NotSaid("id: another row of its case has it")
            ids.add(id_)
            if isinstance(one, Beside):
                beside.append(one)
            else:
                entries.append(one)
        except NotSaid as wrong:
            found.rejected.append(Rejected(row.line, str(wrong)))
    if not found.rejected:
        if any(isinstance(one.entry.fact, ReportReceived) for one in entries):
            _fold(source, case, _in_order(entries), found)
            _shut(source, case, in_order(beside), found)
        else:
            found.rejected.append(Rejected(case.rows[0].line, "its case has no report_received"))
    if found.rejected:
        found.history = None
        lines = {one.line for one in found.rejected}
        others = dict.fromkeys(row.line for row in case.rows if row.line not in lines)
        found.rejected += [Rejected(line, WAITS) for line in others]
    return found


def _in_order(entries: list[Told]) -> list[Told]:
    """As numbered, else as recorded; the report first, and of one moment the closing last."""

    def place(one: Told) -> tuple[bool, int, datetime, bool]:
        fact, numbered = one.entry.fact, one.order is not None
        at = datetime.min.replace(tzinfo=UTC) if numbered else one.entry.recorded_at
        return not isinstance(fact, ReportReceived), one.order or 0, at, isinstance(fact, CaseClosed)

    return sorted(entries, key=place)


def _fold(source: Source, case: Case, entries: list[Told], found: Made) -> None:
    opening = _opening(source, case.ref, entries)
    projection, taken, begun = Projection.of(opening), list[Entry](), dict[str, str]()
    for one in entries:
        entry = _naming_what_began(one.entry, begun)
        if reason := _no_sense(projection.file, entry, found.unusual):
            found.rejected.append(Rejected(one.line, reason))
            continue
        before = projection.file.matters
        projection.take(entry)
        taken.append(entry)
        if one.named is not None and (new := projection.file.matters.keys() - before.keys()):
            begun[one.named] = min(new)
    brought = CaseImported(at=source.now, source=source.name, reference=case.name, entries=len(taken))
    own = Entry(id=source.key(case.name, "imported"), by=SYSTEM, recorded_at=source.now, fact=brought)
    ours = (*_identified(source, case, entries), own)
    for entry in ours:
        projection.take(entry)
    found.history = History(
        key=source.key(case.name),
        digest=case.digest,
        projection=projection,
        opening=opening,
        entries=(*taken, *ours),
        people=_known(source, entries),
    )


def _shut(source: Source, case: Case, rows: Sequence[Beside], found: Made) -> None:
    if not rows or found.history is None:
        return
    try:
        access = access_of(source, case.name, found.history.projection.file, rows, found.unusual)
    except MakesNoSense as wrong:
        found.rejected.append(Rejected(wrong.line, wrong.reason))
    else:
        told_so = tuple(one.note for one in rows)
        found.history = replace(found.history, access=access, access_told=told_so)


def _opening(source: Source, ref: str, entries: Sequence[Told]) -> CaseFile:
    """With the days that the office is closed from the report until it was over, or as far as is known now."""
    day = london_day(entries[0].entry.at)
    closed = next((one.entry.at for one in entries if isinstance(one.entry.fact, CaseClosed)), source.now)
    own = tuple(source.closed_days.items())
    return _nameless(in_force_on(day).ref, day.year, max(day, london_day(closed)).year, own).with_(ref=ref)


@lru_cache(maxsize=1000)
def _nameless(edition: EditionRef, first: int, last: int, own: tuple[tuple[date, str], ...]) -> CaseFile:
    """What cases of the same years begin with."""
    known = closure_days(date(last, 12, 31), dict(own), since=date(first, 1, 1))
    return CaseFile(ref="", edition=edition, closure_days=known)


def _identified(source: Source, case: Case, entries: Sequence[Told]) -> Iterator[Entry]:
    """Whom the report names is known from now on by the id under which they are kept. A file that numbers its rows
    says itself who is who.
    """
    said = {one.entry.fact.key for one in entries if isinstance(one.entry.fact, PersonIdentified)}
    for one in entries:
        for key, (id_, _) in one.people.items():
            if key not in said and one.order is None:
                fact = PersonIdentified(at=one.entry.at, key=key, person=id_)
                yield Entry(id=source.key(case.name, key), by=SYSTEM, recorded_at=source.now, fact=fact)


def _known(source: Source, entries: Sequence[Told]) -> dict[str, PersonTold]:
    """Whom its rows name. What the whole file tells of somebody comes before what one row tells."""
    unnumbered = (one for one in entries if one.order is None)
    told = {id_: person for one in unnumbered for id_, person in one.people.values()}
    facts = (one.entry.fact for one in entries)
    named = {fact.person for fact in facts if isinstance(fact, PersonJoined | PersonIdentified) and fact.person}
    return told | {id_: source.people[id_] for id_ in (named | told.keys()) & source.people.keys()}


def _naming_what_began(entry: Entry, begun: Mapping[str, str]) -> Entry:
    ours = renamed(entry.fact, _BEGUN, begun)
    return entry.model_copy(update={"fact": entry.fact.model_copy(update=ours)}) if ours else entry


def _no_sense(file: CaseFile, entry: Entry, unusual: Counter[str]) -> str | None:
    """Why it is no history of this case."""
    if isinstance(entry.fact, CaseImported):
        return None
    if isinstance(entry.fact, CaseClosed) and file.reported_at is not None and entry.at < file.reported_at:
        return "closes its case before it was reported"
    try:
        taken_as_told(entry, of(file.edition))
        if file.seq or not isinstance(entry.fact, ReportReceived):
            CASE.check(file, entry)
    except Refused as refused:
        if (reason := MAKES_NO_SENSE.get(type(refused))) is not None:
            return reason
        unusual[type(refused).__name__] += 1
    return None
