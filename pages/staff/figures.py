"""Reports of figures on pages: which there are, one with its charts and tables, and a form to have one made."""

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api import figures
from api.border import Id
from api.figures import FileName
from api.paging import Cursor
from api.permission import By, Who
from api.resources import Needs, Resources
from pages.form import Form
from pages.staff.kept import Kept
from pages.staff.recording.asking import opened, pressed
from pages.staff.recording.inputs import Input, Kind, Option
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.reports.charts import drawing
from policy.reports.contents import CONTENTS
from policy.reports.kinds import KINDS, ReportKind
from policy.reports.labels import days_of, title_of
from policy.reports.report import Report
from policy.reports.shown import HELD_BACK, shown
from policy.reports.suppression import published
from store.made_reports import MadeReport, MadeState

routes = APIRouter(include_in_schema=False)

_AT_ONCE: Final = 50
_BY_OFFICER: Final = ("officer",)
_TITLE: Final = "Figures"
_HOME: Final = "/figures"
_FILES: Final = {
    FileName.PDF: "PDF",
    FileName.CSV: "CSV, for a program",
    FileName.XLSX: "Spreadsheet",
}
_PUBLISHED: Final = {
    FileName.PUBLISHED_PDF: "PDF",
    FileName.PUBLISHED_CSV: "CSV, for a program",
    FileName.PUBLISHED_XLSX: "Spreadsheet",
}
_NEW: Final = Kept(
    to=f"{_HOME}/new",
    home=_HOME,
    back=_TITLE,
    title=_TITLE,
    heading="Have a report made",
    fact="report_asked",
    inputs=(
        Input(
            "kind",
            "Which report",
            Kind.ONE_OF,
            needed=True,
            options=tuple(Option(kind, f"{one.title}. {one.says}") for kind, one in KINDS.items()),
        ),
        Input("first", "From", Kind.DAY, needed=True),
        Input("last", "Until, that day included", Kind.DAY, needed=True),
        Input("tells", "Tell its readers by e-mail when it is made", Kind.TICK, needed=False),
    ),
    about="It is made of what is recorded now, and kept as it is. Any day may be the first or the last.",
    press="Make it",
)


@routes.get(_HOME)
async def listed(who: Who, needs: Needs, kind: ReportKind | None = None, cursor: Cursor = None) -> Response:
    """The newest first."""
    found = await figures.page(needs, kind, cursor, _AT_ONCE)
    return await staff_page(
        needs,
        who,
        "staff/figures.html",
        _TITLE,
        of_us=[one.by_id for one in found.reports],
        reports=found.reports,
        next=found.next,
        kinds=KINDS,
        chosen=kind,
    )


@routes.get(f"{_HOME}/new")
async def ask_which(who: Who, needs: Needs) -> Response:
    return await opened(needs, who, _NEW, {})


@routes.post(f"{_HOME}/new")
async def ask(form: Form, by: By, who: Who, needs: Needs) -> Response:
    """Pressed twice it is made once."""

    async def record(key: str) -> Response:
        made = await figures.ask(_NEW.body(form), key, by, needs)
        return RedirectResponse(f"{_HOME}/{made.id}", HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, _NEW, form, record)


@routes.get(f"{_HOME}/{{id_}}")
async def one(id_: Id, who: Who, needs: Needs) -> Response:
    """404 where there is none."""
    found = await figures.one(id_, who, needs)
    files = _FILES if found.made.state is MadeState.MADE else {}
    return await _page(needs, who, found.made, found.report, files, readers=found.readers)


@routes.get(f"{_HOME}/{{id_}}/published")
async def for_everybody(id_: Id, who: Who, needs: Needs) -> Response:
    """As it may be published. 404 where there is no such version, 409 while it is being made."""
    found = await figures.one(id_, who, needs)
    figures.publishes(found.made.kind)
    if found.report is None:
        raise figures.not_made(found.made)
    return await _page(needs, who, found.made, published(found.report), _PUBLISHED)


@routes.get(f"{_HOME}/{{id_}}/files/{{name}}")
async def file(id_: Id, name: FileName, who: Who, needs: Needs) -> Response:
    return await figures.file(id_, name, who, needs)


async def _page(
    needs: Resources,
    who: Caller,
    made: MadeReport,
    told: Report | None,
    files: dict[FileName, str],
    readers: tuple[object, ...] = (),
) -> Response:
    return await staff_page(
        needs,
        who,
        "staff/figures_one.html",
        _TITLE,
        of_us=[made.by_id, *_officers(told)],
        made=made,
        kind=KINDS[made.kind],
        told=told,
        heading=title_of(told) if told else KINDS[made.kind].title,
        days=days_of(told) if told else "",
        sections=shown(told) if told else (),
        drawing=drawing,
        held_back=HELD_BACK,
        files=files,
        readers=readers,
        publishes=CONTENTS[made.kind].publishes,
    )


def _officers(told: Report | None) -> list[str]:
    tables = told.tables if told else ()
    return [row.of[0] for one in tables if one.by == _BY_OFFICER for row in one.rows]
