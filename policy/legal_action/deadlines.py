"""What is owed in a legal action, by when and why. Each wait on a solicitor or a court has its day."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from policy.deadlines.base import Deadline, owed
from policy.editions import Edition
from policy.editions.legal import LegalDays
from policy.facts.base import Role
from policy.legal_action.action import LegalFile, LegalStage
from policy.legal_action.windows import Window
from policy.working_days import Due, on_the_day, working_days_after, working_days_before


class Waits(NamedTuple):
    """What is owed at a stage, of which row, within how many days, met by which facts."""

    key: str
    row: str
    what: str
    days: Callable[[LegalDays], int]
    met_by: tuple[str, ...]
    by: Role = Role.OFFICER


WAITS: dict[LegalStage, Waits] = {
    LegalStage.PROPOSED: Waits(
        "team-review",
        "legal-reviews",
        "Review how the case was handled before it goes to the solicitor",
        lambda days: days.team_review,
        ("team_reviewed",),
        Role.SUPERVISOR,
    ),
    LegalStage.REVIEWED: Waits(
        "solicitor",
        "solicitor-gate",
        "Ask the solicitor whether there is enough evidence",
        lambda days: days.instruct,
        ("solicitor_instructed",),
    ),
    LegalStage.WITH_SOLICITOR: Waits(
        "solicitor",
        "solicitor-gate",
        "Ask the solicitor for their view",
        lambda days: days.solicitor,
        ("solicitor_answered", "solicitor_chased"),
    ),
    LegalStage.ADVISED_AGAINST: Waits(
        "advice",
        "solicitor-gate",
        "Decide what else is done, since the solicitor advises against going to court",
        lambda days: days.advised_against,
        ("legal_action_ended", "solicitor_instructed"),
    ),
    LegalStage.READY: Waits(
        "papers",
        "legal-remedies",
        "See that the papers are issued",
        lambda days: days.papers,
        ("papers_issued",),
    ),
    LegalStage.ISSUED: Waits(
        "listing",
        "court-decides",
        "Ask the court when it hears us",
        lambda days: days.listing,
        ("court_listed", "court_decided"),
    ),
    LegalStage.LISTED: Waits(
        "hearing",
        "court-decides",
        "Record what the court decided, or the next day",
        lambda days: days.listing,
        ("court_decided", "court_listed"),
    ),
    LegalStage.REFUSED: Waits(
        "refusal",
        "court-decides",
        "Decide what follows the court's refusal",
        lambda days: days.refused,
        ("legal_action_ended", "appeal_lodged"),
    ),
    LegalStage.IN_FORCE: Waits(
        "order",
        "legal-remedies",
        "See whether the order is kept",
        lambda days: days.order,
        ("order_reviewed", "order_breached", "order_varied", "legal_action_ended"),
    ),
    LegalStage.BREACHED: Waits(
        "breach",
        "legal-remedies",
        "Decide what follows the breach of the order",
        lambda days: days.breach,
        ("breach_answered",),
    ),
    LegalStage.APPEALED: Waits(
        "appeal",
        "court-decides",
        "Ask how the appeal stands",
        lambda days: days.appeal,
        ("appeal_decided",),
    ),
}

_BEFORE_PAPERS = (
    LegalStage.PROPOSED,
    LegalStage.REVIEWED,
    LegalStage.WITH_SOLICITOR,
    LegalStage.ADVISED_AGAINST,
    LegalStage.READY,
)


def deadlines(file: LegalFile, edition: Edition) -> list[Deadline]:
    return sorted(_all(file, edition), key=lambda one: (one.due, one.key))


def _all(file: LegalFile, edition: Edition) -> Iterator[Deadline]:
    days = edition.legal.days
    if (waits := WAITS.get(file.stage)) is not None and file.since is not None:
        yield owed(
            file,
            waits.key,
            _due(file, waits, file.since, edition),
            row=waits.row,
            what=waits.what,
            met_by=waits.met_by,
            by=waits.by,
            stage=file.stage.value,
        )
    if file.window is not None and file.stage in _BEFORE_PAPERS:
        yield _window_closes(file, file.window, days, edition)
    until = file.order.until if file.order is not None else None
    if until is not None and file.stage in {LegalStage.IN_FORCE, LegalStage.BREACHED, LegalStage.APPEALED}:
        yield owed(
            file,
            "order-ends",
            _before(file, until, days.before_expiry, edition),
            row="legal-remedies",
            what="Decide what follows the order before it ends",
            met_by=("order_varied", "legal_action_ended"),
        )


def _due(file: LegalFile, waits: Waits, since: datetime, edition: Edition) -> Due:
    """The day agreed, or the court's own, else the edition's."""
    closes = edition.office.closes
    agreed = file.hearing if file.stage is LegalStage.LISTED else file.until
    if agreed is not None:
        return on_the_day(agreed, closes)
    return working_days_after(since, waits.days(edition.legal.days), file.closure_days, closes)


def _window_closes(file: LegalFile, window: Window, days: LegalDays, edition: Edition) -> Deadline:
    """A window that is closing is a deadline. (legal-remedies, ground-7a)"""
    return owed(
        file,
        "window",
        _before(file, window.closes, days.before_window, edition),
        row="legal-remedies",
        what="Issue the papers before the notice lapses",
        met_by=("papers_issued",),
    )


def _before(file: LegalFile, last: date, number: int, edition: Edition) -> Due:
    return working_days_before(last, number, file.closure_days, edition.office.closes)
