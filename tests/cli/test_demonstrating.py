"""The demonstration: told to the real product, consistent, with each stage, and the same for the same seed."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from rich.progress import Progress
from temporalio.client import Client

from api.browser import SIGNED_IN
from api.identity import limits_of
from cli.demonstration.caseload import OFFICERS, caseload, plots
from cli.demonstration.command import NotHere, demonstrate
from cli.verify import verify
from pages.app import with_pages
from policy.case_file import Stage
from policy.editions import released
from policy.facts.base import Role
from policy.measures import MEASURES
from policy.measures.period import Period
from policy.working_days import london_day
from runtime.database import working_engine
from runtime.embedded.mailbox import start_mailbox
from runtime.embedded.processes import free_port
from runtime.settings import AgencyAddress, Settings
from store import sign_ins
from store.sessions import EVERYTHING, Store
from tests.activities.measured_again import all_agree
from tests.api.product import Product, elsewhere, serving
from workers.worker import make_worker

SEED = 7
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
EVENING = datetime(2026, 11, 30, 18, tzinfo=UTC)
LATER = {"peace_held", "days_of_peace", "referrals", "referrals_answered", "legal_actions", "prevention"}
"""Measures of what comes after the weeks that it tells of, or beside cases: there is nothing to agree on."""


@dataclass(frozen=True)
class Told:
    settings: Settings
    cases: Sequence[dict[str, Any]]
    approvals: str
    unmatched: int
    answers: Sequence[str]


@pytest_asyncio.fixture(loop_scope="session")
async def told(settings: Settings, working_store: Store, client: Client, tmp_path: Path) -> AsyncIterator[Told]:
    mailbox = await start_mailbox(tmp_path / "mail")
    port = free_port()
    public = f"http://127.0.0.1:{port}"
    here = elsewhere(
        settings,
        local=True,
        smtp_port=mailbox.port,
        api_port=port,
        public_url=public,
        role_groups={Role.OFFICER: ("officer",)},
        agencies={"environmental_health": AgencyAddress(name="Environmental health", email="eh@agencies.example")},
    )
    async with make_worker(client, here, working_store), serving(here, mailbox, port, with_pages) as site:
        refs = await demonstrate(here, len(plots()), SEED, lambda: None, tmp_path / "mail")
        cookies = {officer: await _signed_in(site, officer) for officer in OFFICERS}
        cases = [await _opened(site, ref, cookies) for ref in refs]
        again = await demonstrate(here, 3, SEED, lambda: None)
        assert again == refs[:3]
        waiting = (await site.as_("supervisor", "supervisor-1").get("/approvals")).text
        queue = (await site.as_("officer", OFFICERS[0]).get("/api/evidence/unmatched")).json()
        [referral] = [
            one["ref"] for case in cases for one in case["beside"] if one["which"] == "environmental_health"
        ]
        lines = (await site.as_("officer", OFFICERS[0]).get(f"/api/referrals/{referral}/timeline")).json()[
            "entries"
        ]
        answers = [line["fact"] for line in lines if line["by_role"] == "agency"]
        yield Told(here, cases, waiting, len(queue["files"]), answers)
    await mailbox.stop()


async def _opened(site: Product, ref: str, cookies: dict[str, str]) -> dict[str, Any]:
    """By one of the officers, on its page, too: some are shut to the others."""
    answers = {officer: await site.as_("officer", officer).get(f"/api/cases/{ref}") for officer in OFFICERS}
    [officer, *_] = [one for one, answer in answers.items() if answer.status_code == HTTPStatus.OK]
    page = await site.http.get(f"/cases/{ref}", headers={"Cookie": cookies[officer]})
    assert page.status_code == HTTPStatus.OK
    assert ref in page.text
    lines = await site.as_("officer", officer).get(f"/api/cases/{ref}/timeline?limit=200")
    return answers[officer].json() | {"happened": {line["fact"] for line in lines.json()["entries"]}}


async def _signed_in(site: Product, officer: str) -> str:
    """The cookie."""
    person = sign_ins.Entering(officer, None, frozenset({"officer"}), None)
    async with site.resources.everything.writing() as db:
        await sign_ins.enter(db, person, f"secret-of-{officer}", limits_of(site.settings), datetime.now(UTC))
    return f"{SIGNED_IN.name(site.settings)}=secret-of-{officer}"


async def test_a_demonstration_has_each_stage_and_holds(told: Told) -> None:
    """Told again on the same day it is the same cases, nothing said twice: the fixture tells some of it again."""
    standings = [case["standing"] for case in told.cases]
    now = datetime.now(UTC).isoformat()
    assert {standing["stage"] for standing in standings} == set(Stage)
    assert any(standing["hate"] for standing in standings)
    assert any(standing["domestic_abuse"] for standing in standings)
    assert any(one["due"] < now for standing in standings for one in standing["deadlines"])
    assert {line["kind"] for case in told.cases for line in case["beside"]} == {
        "legal-action",
        "referral",
        "case-review",
    }
    for asked in ("proposed closure", "neighbourhood is told", "to the solicitor"):
        assert asked in told.approvals
    assert told.unmatched == 2
    assert told.answers == ["referral_acknowledged"]
    happened = {fact for case in told.cases for fact in case["happened"]}
    assert {"letter_came_back", "letter_asked_for", "evidence_received", "cases_linked"} <= happened
    assert "questionnaire_answered" in happened
    with Progress(disable=True) as progress:
        found = await verify(told.settings, progress, whole_files=False)
    assert found.clean
    assert found.cases == len(plots())
    await _measures_agree(told.settings)


async def _measures_agree(settings: Settings) -> None:
    """Each of them, by what is kept, by reading timelines, and by SQL. (reports, section 7)"""
    database, now = working_engine(settings), datetime.now(UTC)
    ever, owner = Period(first=date(2020, 1, 1), last=london_day(now)), settings.migration_database_url
    assert owner is not None
    there = await all_agree(Store(database, EVERYTHING), owner.get_secret_value(), ever, now)
    await database.dispose()
    assert MEASURES.keys() - there <= LATER


async def test_invented_cases_are_for_a_machine_on_its_own(settings: Settings) -> None:
    with pytest.raises(NotHere):
        await demonstrate(elsewhere(settings, local=False), 1, SEED, lambda: None)


def test_the_same_seed_tells_the_same_all_day() -> None:
    assert caseload(SEED, 60, MONDAY) == caseload(SEED, 60, NOON)
    assert caseload(SEED, 60, MONDAY) != caseload(SEED + 1, 60, MONDAY)
    assert caseload(SEED, 60, NOON) != caseload(SEED, 60, EVENING)


def test_all_of_it_had_happened_when_the_office_closed_last() -> None:
    moments = [one.at for life in caseload(SEED, 200, MONDAY) for one in (life.report, *life.then)]
    assert max(moments) < datetime(2026, 11, 27, 17, tzinfo=UTC)
    assert not [moment for moment in moments if moment.isoweekday() > 5]


def test_every_category_is_reported_and_nobody_is_real() -> None:
    bodies = [life.report.body for life in caseload(SEED, 200, MONDAY)]
    assert Counter(body["category"] for body in bodies).keys() == {one.key for one in released()[0].categories}
    people = [body["complainant"] for body in bodies if "complainant" in body]
    assert {person["phone"][:9] for person in people} == {"07700 900"}
    assert {person["email"].partition("@")[2] for person in people if "email" in person} == {"example.org"}
