"""The worker is killed at each step of a legal action: what comes of it is what would have come of it anyway."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx2
import pytest
from rich.progress import Progress

from cli.verify import verify
from policy.working_days import london_day
from tests.faults.load import Load
from tests.faults.stack import Stack, running_stack
from tests.given import court_day

DAY: Final = timedelta(days=1)
Disturbed = Callable[[], Awaitable[None]]

REPORT: Final = {
    "channel": "phone",
    "words": "He held a knife.",
    "category": "noise",
    "complainant": {"name": "Rowan Example", "email": "rowan@example.org", "prefers": "email"},
    "about": {"name": "Pat Sample", "address": ["3 Invented Row"]},
}
EFFECT: Final = {
    "fact": "effect_recorded",
    "effect": "Nobody sleeps.",
    "substantial": True,
    "causes": ["none_known"],
    "words": "So.",
}
PROPOSED: Final = {
    "fact": "legal_action_proposed",
    "remedy": "injunction",
    "tenure": "assured",
    "person": "perpetrator-1",
    "very_serious": "He held a knife.",
    "reasons": "Nobody is safe.",
}
STEPS: Final[tuple[dict[str, Any], ...]] = (
    {"fact": "team_reviewed", "goes_on": True, "words": "Handled well."},
    {"fact": "solicitor_instructed", "words": "The whole file."},
    {"fact": "solicitor_answered", "view": "enough", "words": "Go on."},
    {"fact": "papers_issued", "court": "A county court", "words": "Issued."},
    {"fact": "court_listed", "on": court_day(london_day(datetime.now(UTC)) + DAY).isoformat()},
    {"fact": "court_adjourned", "words": "No judge."},
    {"fact": "court_decided", "outcome": "granted", "order": {"until": "2051-01-10"}, "words": "Granted."},
    {"fact": "order_breached", "words": "He came back."},
    {"fact": "breach_answered", "words": "Arrested."},
    {"fact": "legal_action_ended", "how": "discharged", "reasons": "He moved away."},
)


async def undisturbed() -> None:
    return


async def told(at: list[str], http: httpx2.AsyncClient, path: str) -> list[str]:
    """The facts of a timeline in their order, but for how often each side was told of the other."""
    page = (await http.get(f"{path}/timeline", params={"limit": 200})).json()
    return [one["fact"] for one in page["entries"] if one["fact"] not in at]


async def lived(load: Load, disturb: Disturbed) -> tuple[dict[str, Any], list[str], list[str]]:
    """The end of a legal action and both timelines, where each step meets what disturbs it."""
    async with httpx2.AsyncClient(base_url=load.api, timeout=10, headers=load.by("supervisor")) as http:
        ref = (await load.post(http, "/api/reports", REPORT))["ref"]
        await load.post(http, f"/api/cases/{ref}/facts", EFFECT, ref)
        await asyncio.gather(load.post(http, f"/api/cases/{ref}/facts", PROPOSED, ref), disturb())
        action = await until_begun(http, ref)
        async with httpx2.AsyncClient(base_url=load.api, timeout=10, headers=load.by("supervisor-2")) as another:
            for step in STEPS:
                path = f"/api/legal-actions/{action}/facts"
                await asyncio.gather(load.post(another, path, step), disturb())
        shown = await until_over(http, action)
        of_case = await told(["letter_sent", "letter_held_up"], http, f"/api/cases/{ref}")
        return shown["file"], await told([], http, f"/api/legal-actions/{action}"), of_case


async def until_begun(http: httpx2.AsyncClient, ref: str) -> str:
    async with asyncio.timeout(60):
        while True:
            beside = (await http.get(f"/api/cases/{ref}")).json()["beside"]
            if beside and (await http.get(f"/api/legal-actions/{beside[0]['ref']}/live")).is_success:
                return str(beside[0]["ref"])
            await asyncio.sleep(0.2)


async def until_over(http: httpx2.AsyncClient, action: str) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while True:
            shown: dict[str, Any] = (await http.get(f"/api/legal-actions/{action}")).json()
            if shown["over"]:
                return shown
            await asyncio.sleep(0.2)


def codes(value: Any) -> Any:
    """A file without its moments and references, which differ from one to the other."""
    if isinstance(value, dict):
        return {key: codes(one) for key, one in value.items() if key not in {"ref", "case", "proposed", "seq"}}
    return "a moment" if isinstance(value, str) and value[10:11] == "T" else value


@pytest.mark.timeout(600)
async def test_a_worker_killed_at_each_step_leads_to_the_same_end(tmp_path: Path) -> None:
    async with running_stack(tmp_path / "stack") as stack:
        load = Load(stack.api, stack.settings)
        kept, its_timeline, of_case = await lived(load, undisturbed)
        killed, timeline_killed, of_case_killed = await lived(load, killing(stack))
        assert codes(killed) == codes(kept)
        steps = [fact for fact in its_timeline if fact != "case_told"]
        assert steps == ["legal_action_begun", *(step["fact"] for step in STEPS)]
        assert [fact for fact in timeline_killed if fact != "case_told"] == steps
        heard = {"legal_action_moved", "legal_order_made"}
        assert [one for one in of_case_killed if one not in heard] == [one for one in of_case if one not in heard]
        assert of_case_killed.count("legal_action_finished") == 1
        with Progress(disable=True) as progress:
            found = await verify(stack.settings, progress)
        assert found.clean, (found.faults[:5], found.unanswered[:5])


def killing(stack: Stack) -> Disturbed:
    async def kill() -> None:
        """A moment after the step was sent: before, while or after the worker has it."""
        await asyncio.sleep(0.01)
        await stack.kill("worker")

    return kill
