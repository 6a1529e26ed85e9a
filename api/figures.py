"""Reports: asked for, made in the background, kept as they were made, and handed out as files."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Response

from activities.reporting import ReportWanted, asked_of
from api import paging
from api.border import Body, Id, Key, schema_of, understood
from api.files import handed_out
from api.paging import Cursor, Limit
from api.permission import By, Who
from api.problems import ProblemRaised, Wrong, key_used_for_another_body, problem
from api.resources import Needs, Resources
from letters.spreadsheets import as_csv, as_xlsx
from policy.across import echo_id
from policy.caller import Caller
from policy.facts import digest
from policy.frozen import Frozen
from policy.permissions import Action, may
from policy.reports.contents import CONTENTS, ReadBy
from policy.reports.kinds import ReportKind
from policy.reports.report import Report, read_by
from policy.reports.suppression import published
from policy.working_days import london_day
from store import made_reports
from store.made_reports import MadeReport, MadeState, Reader
from workflows.reporting_door import have_made

routes = APIRouter(tags=["figures"])

_ASKED: Final[dict[str, Any]] = {
    "a quarter": {"value": {"kind": "quarterly", "first": "2026-07-01", "last": "2026-09-30"}},
}


class ReportAsked(Frozen):
    """From the first day to the last. `tells`: its readers get an e-mail when it is made."""

    kind: ReportKind
    first: date
    last: date
    tells: bool = False


class ReportPage(Frozen):
    reports: tuple[MadeReport, ...]
    next: str | None


class ReportTold(Frozen):
    """`report` is there once it has been made, with what you may see of it; `readers` are whom it is told to."""

    made: MadeReport
    readers: tuple[Reader, ...]
    report: Report | None


class FileName(StrEnum):
    """`published` is for everybody: small numbers are not in it."""

    PDF = "report.pdf"
    CSV = "report.csv"
    XLSX = "report.xlsx"
    PUBLISHED_PDF = "published.pdf"
    PUBLISHED_CSV = "published.csv"
    PUBLISHED_XLSX = "published.xlsx"


_MADE_OF: Final[Mapping[str, Callable[[Report], bytes]]] = {"csv": as_csv, "xlsx": as_xlsx}


@routes.post(
    "/figures",
    summary="Have a report made",
    status_code=HTTPStatus.ACCEPTED,
    openapi_extra=schema_of(ReportAsked, _ASKED),
)
async def ask(body: Body, key: Key, by: By, needs: Needs) -> MadeReport:
    """Made in the background of what is known now; the same key again gives the same report. Made again later it
    is another one, and this one stays as it was.
    """
    asked: ReportAsked = understood(ReportAsked, body)
    now = datetime.now(UTC)
    if asked.last < asked.first:
        raise _wrong("last", "The last day is before the first.")
    if asked.first > london_day(now):
        raise _wrong("first", "It is still to come, so there is nothing to count yet.")
    id_ = echo_id(f"{by.id}/{key}")  # so that no key takes another's report, or one that the clock will ask for
    wanted = ReportWanted(kind=asked.kind, first=asked.first, last=asked.last, id=id_)
    said = digest([by.id, body])
    async with needs.store.writing() as db:
        if await made_reports.ask(db, asked_of(wanted, by.id, now, tells=asked.tells), said) != said:
            raise key_used_for_another_body()
    await have_made(needs.door, wanted)
    return await _found(needs, id_)


@routes.get("/figures", summary="Reports that were made")
async def page(
    needs: Needs, kind: ReportKind | None = None, cursor: Cursor = None, limit: Limit = 50
) -> ReportPage:
    """The newest first, with how far each has come."""
    async with needs.store.reading() as db:
        found = await made_reports.page(db, limit, paging.after_id(cursor), kind)
    last = found[-1] if len(found) == limit else None
    return ReportPage(reports=tuple(found), next=last and paging.cursor(last.asked_at, last.id))


@routes.get("/figures/{id_}", summary="One report")
async def one(id_: Id, who: Who, needs: Needs) -> ReportTold:
    """`percent` is 100 and `sha256` is there once it has been made. What is sorted by member of staff is for
    managers.
    """
    made = await _found(needs, id_)
    async with needs.store.reading() as db:
        told = await made_reports.report_of(db, id_)
        readers = await made_reports.readers(db, id_)
    return ReportTold(made=made, readers=tuple(readers), report=told and read_by(told, _reads(who)))


@routes.get("/figures/{id_}/files/{name}", summary="Take a report as a file", response_class=Response)
async def file(id_: Id, name: FileName, who: Who, needs: Needs) -> Response:
    """As a tagged PDF, as CSV with one figure a line, or as a spreadsheet with a sheet for each section; and for
    everybody, where the report has such a version. 409 while it is being made.
    """
    line = await _found(needs, id_)
    version, _, ending = name.partition(".")
    for_everybody = version == "published"
    if for_everybody:
        publishes(line.kind)
    async with needs.store.reading() as db:
        made = await made_reports.made_of(db, id_)
    if made is None:
        raise not_made(line)
    content = made.published_pdf if for_everybody else made.pdf
    if ending != "pdf":
        told = published(made.report) if for_everybody else read_by(made.report, _reads(who))
        content = await asyncio.to_thread(_MADE_OF[ending], told)
    return handed_out(content or b"", f"{line.kind}-{line.first}", version, ending)


def publishes(kind: ReportKind) -> None:
    """Raises 404 for a kind of which there is no version for everybody."""
    if not CONTENTS[kind].publishes:
        raise problem(HTTPStatus.NOT_FOUND, "report-not-for-everybody", "This report is for people who work here.")


def not_made(line: MadeReport) -> ProblemRaised:
    if line.state is MadeState.FAILED:
        return problem(HTTPStatus.CONFLICT, "report-not-made", "It could not be made. Tell whoever runs Casework.")
    return problem(HTTPStatus.CONFLICT, "report-being-made", f"It is being made: {line.percent} percent are done.")


def _reads(who: Caller) -> ReadBy:
    return ReadBy.MANAGERS if may(who.role, Action.SEE_STAFF_FIGURES) else ReadBy.READERS


async def _found(needs: Resources, id_: str) -> MadeReport:
    async with needs.store.reading() as db:
        line = await made_reports.by_id(db, id_)
    if line is None:
        raise problem(HTTPStatus.NOT_FOUND, "report-not-found", "There is no such report.")
    return line


def _wrong(field: str, why: str) -> ProblemRaised:
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", why, wrong=(Wrong(field=field, why=why),))
