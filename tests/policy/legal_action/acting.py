"""Legal actions in tests: what is told of them, and their file after it."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from policy.deadlines import Deadline
from policy.facts import SYSTEM, Actor, Fact
from policy.facts.disability import HeldUp, WhyNot
from policy.facts.proceedings import Known
from policy.legal_action import facts as f
from policy.legal_action import folding, rules
from policy.legal_action.action import LegalFile
from policy.legal_action.deadlines import deadlines
from policy.legal_action.facts import LegalEntry
from policy.legal_action.windows import Ground, Periodic, possession_proceedings
from policy.tenure import Tenure
from tests.given import EDITION, OFFICER, SUPERVISOR, empty_file, london

MONDAY: Final = london(2023, 6, 5)
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(weeks=1)
NOTICE: Final = possession_proceedings((Ground.GROUND_14,), date(2023, 6, 5), Periodic(begins=date(2020, 6, 1)))
NEEDED: Final = HeldUp(why=WhyNot.MEETING_NEEDED, since=MONDAY)
EDITION_REF: Final = empty_file(MONDAY.date()).edition
CLOSURE_DAYS: Final = empty_file(date(2023, 6, 5)).closure_days


def empty() -> LegalFile:
    return LegalFile(ref="CW-2023-000001-7", case="CW-2023-000001", edition=EDITION_REF, closure_days=CLOSURE_DAYS)


def proposed(remedy: str = "injunction", tenure: Tenure = Tenure.ASSURED, **more: Any) -> Fact:
    """On a notice where the remedy needs one, unless `window` says something else."""
    window = NOTICE if remedy in {"possession", "demotion"} else None
    held_up = (NEEDED,) if more.pop("meeting_needed", False) else ()
    known = Known(window=more.pop("window", window), held_up=held_up)
    told = {"at": MONDAY, "remedy": remedy, "tenure": tenure, "basis": "very_serious", "known": known}
    by = {"proposed": "fact-of-the-case", "proposed_by": OFFICER.id}
    return f.LegalActionBegun.model_validate(told | by | more)


def learnt(at: datetime, **known: Any) -> Fact:
    """`why` they may not be acted against, since then."""
    why = known.pop("why", None)
    held_up = (HeldUp(why=why, since=at),) if why is not None else ()
    return f.CaseLearnt(at=at, known=Known(held_up=held_up, **known))


def told(
    file: LegalFile, *told_of: Fact, by: Actor = SUPERVISOR, recorded_at: datetime | None = None
) -> LegalFile:
    for fact in told_of:
        who = SYSTEM if isinstance(fact, f.LegalActionBegun) else by
        entry = LegalEntry.model_validate(
            {"id": f"fact-{file.seq + 1}", "by": who, "recorded_at": recorded_at or fact.at, "fact": fact}
        )
        rules.check(file, entry, EDITION)
        file = folding.after(file, entry, EDITION)
    return file


def owed(file: LegalFile) -> dict[str, Deadline]:
    return {one.key: one for one in deadlines(file, EDITION)}


REVIEWED: Final = f.TeamReviewed(at=MONDAY + DAY, goes_on=True, words="Handled well.")
INSTRUCTED: Final = f.SolicitorInstructed(at=MONDAY + 2 * DAY, words="The whole file.")
ENOUGH: Final = f.SolicitorAnswered(at=MONDAY + WEEK, view=f.View.ENOUGH, words="Go on.")
ISSUED: Final = f.PapersIssued(at=MONDAY + 2 * WEEK, court="A county court", words="Issued.")
LISTED: Final = f.CourtListed(at=MONDAY + 2 * WEEK, on=date(2023, 7, 3))
HEARD_AT: Final = london(2023, 7, 3, 15)
TO_COURT: Final = (REVIEWED, INSTRUCTED, ENOUGH, ISSUED, LISTED)


def decided(outcome: f.CourtOutcome = f.CourtOutcome.GRANTED, order: f.Order | None = None) -> Fact:
    """What is granted is an order, without an end unless it is told."""
    if outcome is f.CourtOutcome.GRANTED:
        order = order or f.Order()
    return f.CourtDecided(at=HEARD_AT, outcome=outcome, order=order, words="As the court says.")


def ended(at: datetime, how: f.Ended = f.Ended.GIVEN_UP) -> Fact:
    return f.LegalActionEnded(at=at, how=how, reasons="As agreed.")


def in_force(order: f.Order | None = None, **more: Any) -> LegalFile:
    return told(empty(), proposed(**more), *TO_COURT, decided(order=order))
