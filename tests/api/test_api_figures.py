"""reports: asked for, made in the background, kept, and taken as files by who sees them."""

import csv
import io
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from api.figures import FileName
from letters.spreadsheets import COLUMNS
from tests.api.product import Caller, Product, problem, until
from workflows.scheduled_report import SCHEDULED, asked_for

QUARTER = {"kind": "quarterly", "first": "2011-01-01", "last": "2011-03-31"}
MONTH = {"kind": "monthly", "first": "2011-01-01", "last": "2011-01-31"}


async def made(caller: Caller, body: dict[str, Any], key: str | None = None) -> dict[str, Any]:
    asked = await caller.post("/api/figures", body, key)
    assert asked.status_code == 202, asked.text

    async def done() -> dict[str, Any] | None:
        told: dict[str, Any] = (await caller.get(f"/api/figures/{asked.json()['id']}")).json()
        return told if told["made"]["state"] == "made" else None

    told: dict[str, Any] = await until(done, 30)
    return told


async def test_a_report_is_made_in_the_background_and_taken_in_every_form(product: Product) -> None:
    supervisor = product.supervisor
    told = await made(supervisor, QUARTER)
    assert (told["made"]["percent"], len(told["made"]["sha256"]), told["readers"]) == (100, 64, [])
    assert told["report"]["period"] == {"first": "2011-01-01", "last": "2011-03-31"}
    home = f"/api/figures/{told['made']['id']}/files"
    for name in FileName:
        taken = await supervisor.get(f"{home}/{name}")
        assert taken.status_code == 200, name
        said = name.replace(".", "-", 1).partition("-")[0]
        assert f"quarterly-2011-01-01-{said}.{name.partition('.')[2]}" in taken.headers["content-disposition"]
    pdf = (await supervisor.get(f"{home}/report.pdf")).content
    assert pdf.startswith(b"%PDF")
    assert pdf != (await supervisor.get(f"{home}/published.pdf")).content
    lines = list(csv.reader(io.StringIO((await supervisor.get(f"{home}/report.csv")).text)))
    assert tuple(lines[0]) == COLUMNS
    assert {"opened", "kept", "satisfied"} <= {line[1] for line in lines[1:]}
    book = load_workbook(io.BytesIO((await supervisor.get(f"{home}/report.xlsx")).content))
    assert book.sheetnames[:2] == ["About", "1 Cases"]
    again = await made(supervisor, QUARTER)
    listed = (await supervisor.get("/api/figures", kind="quarterly", limit=2)).json()
    assert [one["id"] for one in listed["reports"]] == [again["made"]["id"], told["made"]["id"]]
    rest = (await supervisor.get("/api/figures", kind="monthly")).json()
    assert rest == {"reports": [], "next": None}


async def test_figures_by_officer_are_for_managers_in_every_form(product: Product) -> None:
    manager, supervisor = product.as_("manager"), product.supervisor
    id_ = (await made(manager, MONTH))["made"]["id"]

    async def sorts(caller: Caller) -> tuple[set[str], set[str]]:
        report = (await caller.get(f"/api/figures/{id_}")).json()["report"]
        lines = csv.DictReader(io.StringIO((await caller.get(f"/api/figures/{id_}/files/report.csv")).text))
        return {by for one in report["tables"] for by in one["by"]}, {line["sorted_by"] for line in lines}

    assert [("officer" in each) for each in await sorts(manager)] == [True, True]
    assert [("officer" in each) for each in await sorts(supervisor)] == [False, False]
    none = await supervisor.get(f"/api/figures/{id_}/files/published.pdf")
    problem(none, 404, "report-not-for-everybody")


async def test_the_same_key_asks_for_one_report_and_for_no_other(product: Product) -> None:
    key = str(uuid4())
    first = await made(product.supervisor, MONTH, key)
    assert (await made(product.supervisor, MONTH, key)) == first
    problem(await product.supervisor.post("/api/figures", QUARTER, key), 409, "key-used-for-another-body")


async def test_without_an_engine_what_was_asked_for_waits_and_cannot_be_taken(door: Product) -> None:
    asked = await door.supervisor.post("/api/figures", MONTH)
    assert asked.status_code == 503
    id_ = (await door.supervisor.get("/api/figures", limit=1)).json()["reports"][0]["id"]
    told = (await door.supervisor.get(f"/api/figures/{id_}")).json()
    assert (told["made"]["state"], told["report"]) == ("being_made", None)
    problem(await door.supervisor.get(f"/api/figures/{id_}/files/report.pdf"), 409, "report-being-made")


async def test_nobody_takes_the_place_of_a_report_that_the_clock_will_ask_for(door: Product) -> None:
    scheduled = asked_for(f"{SCHEDULED}monthly", datetime(2199, 2, 1, 6, tzinfo=UTC)).id
    assert (await door.supervisor.post("/api/figures", MONTH, scheduled)).status_code == 503
    assert (await door.supervisor.get(f"/api/figures/{scheduled}")).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (MONTH | {"last": "2010-12-31"}, "last"),
        (MONTH | {"first": "2199-01-01", "last": "2199-01-31"}, "first"),
        (MONTH | {"kind": "weekly"}, "kind"),
    ],
)
async def test_what_cannot_be_meant_is_refused_with_the_field_that_is_wrong(
    door: Product, body: dict[str, Any], field: str
) -> None:
    answer = await door.supervisor.post("/api/figures", body)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["wrong"]] == [field]


@pytest.mark.parametrize("role", ["officer", "solicitor", "data_protection", "ops", "lettings"])
async def test_reports_are_for_who_leads_and_for_community_safety(door: Product, role: str) -> None:
    assert (await door.as_(role).get("/api/figures")).status_code == 403
    for seeing in ("supervisor", "manager", "community_safety"):
        assert (await door.as_(seeing).get("/api/figures")).status_code == 200


async def test_there_is_no_report_that_nobody_asked_for(door: Product) -> None:
    problem(await door.supervisor.get(f"/api/figures/{uuid4()}"), 404, "report-not-found")
    assert (await door.supervisor.get(f"/api/figures/{uuid4()}/files/letters.pdf")).status_code == 422
