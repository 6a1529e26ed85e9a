"""The worker is killed at each step of a legal action: what comes of it is what would have come of it anyway."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

import httpx2
import pytest
from rich.progress import Progress

from cli.verify import verify
from policy.legal_action.facts import LEGAL_FACT_TYPES
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
Step = dict[str, Any]
REVIEWED: Final[Step] = {"fact": "team_reviewed", "goes_on": True, "words": "Handled well."}
INSTRUCTED: Final[Step] = {"fact": "solicitor_instructed", "words": "The whole file."}
ENOUGH: Final[Step] = {"fact": "solicitor_answered", "view": "enough", "words": "Go on."}
ISSUED: Final[Step] = {"fact": "papers_issued", "court": "A county court", "words": "Issued."}
REFUSED: Final[Step] = {"fact": "court_decided", "outcome": "refused", "words": "Refused."}
GRANTED: Final[Step] = {
    "fact": "court_decided",
    "outcome": "granted",
    "order": {"until": "2051-01-10"},
    "words": "Granted.",
}
BREACHED: Final[Step] = {"fact": "order_breached", "words": "He came back."}
APPEALED: Final[Step] = {"fact": "appeal_lodged", "words": "On the law."}
NOT_SO: Final[Step] = {"fact": "appeal_decided", "stands": False, "words": "It was wrong."}
LIVES: Final[Mapping[str, tuple[Step, ...]]] = {
    "heard, breached and discharged": (
        REVIEWED,
        INSTRUCTED,
        {"fact": "solicitor_answered", "view": "evidence", "words": "Not yet."},
        INSTRUCTED,
        ENOUGH,
        ISSUED,
        {"fact": "court_listed", "on": court_day(london_day(datetime.now(UTC)) + DAY).isoformat()},
        {"fact": "court_adjourned", "words": "No judge."},
        GRANTED,
        BREACHED,
        {"fact": "breach_answered", "words": "Arrested."},
        {"fact": "legal_action_ended", "how": "discharged", "reasons": "He moved away."},
    ),
    "refused, heard again and given up": (
        REVIEWED,
        INSTRUCTED,
        {"fact": "solicitor_chased", "words": "Rang them."},
        ENOUGH,
        ISSUED,
        {"fact": "court_asked", "words": "No day yet."},
        REFUSED,
        APPEALED,
        NOT_SO,
        REFUSED,
        {"fact": "legal_action_ended", "how": "given_up", "reasons": "Twice is enough."},
    ),
    "varied, in court over a breach and set aside": (
        REVIEWED,
        INSTRUCTED,
        ENOUGH,
        ISSUED,
        GRANTED,
        {"fact": "order_reviewed", "words": "Kept."},
        {"fact": "order_varied", "order": {"until": "2051-06-10"}, "words": "Longer."},
        BREACHED,
        {"fact": "breach_answered", "to_court": True, "words": "We ask the court to commit him."},
        {"fact": "breach_answered", "words": "A suspended sentence."},
        APPEALED,
        NOT_SO,
    ),
}
"""Carried on side by side, so that one kill hits a step of each."""

OF_THE_SYSTEM: Final = {"legal_action_begun", "case_learnt", "case_told", "deadline_missed"}


@dataclass(frozen=True)
class Lived:
    """The file at its end, and both timelines."""

    file: dict[str, Any]
    of_action: list[str]
    of_case: list[str]


async def undisturbed() -> None:
    return


async def told(at: list[str], http: httpx2.AsyncClient, path: str) -> list[str]:
    """The facts of a timeline in their order, but for how often each side was told of the other."""
    page = (await http.get(f"{path}/timeline", params={"limit": 200})).json()
    return [one["fact"] for one in page["entries"] if one["fact"] not in at]


async def lived(load: Load, disturb: Disturbed) -> dict[str, Lived]:
    """Each life to its end, where each step meets what disturbs it."""
    async with (
        httpx2.AsyncClient(base_url=load.api, timeout=10, headers=load.by("supervisor")) as http,
        httpx2.AsyncClient(base_url=load.api, timeout=10, headers=load.by("supervisor-2")) as another,
    ):
        cases = [(await load.post(http, "/api/reports", REPORT))["ref"] for _ in LIVES]
        for ref in cases:
            await load.post(http, f"/api/cases/{ref}/facts", EFFECT, ref)
        await asyncio.gather(
            *(load.post(http, f"/api/cases/{ref}/facts", PROPOSED, ref) for ref in cases), disturb()
        )
        actions = [await until_begun(http, ref) for ref in cases]
        for steps in zip_longest(*LIVES.values()):
            told = zip(actions, steps, strict=True)
            posts = (load.post(another, f"/api/legal-actions/{one}/facts", step) for one, step in told if step)
            await asyncio.gather(*posts, disturb())
        ends = [await end_of(http, ref, action) for ref, action in zip(cases, actions, strict=True)]
        return dict(zip(LIVES, ends, strict=True))


async def end_of(http: httpx2.AsyncClient, ref: str, action: str) -> Lived:
    """Once its case has heard of it, too."""
    shown = await until_over(http, action)
    async with asyncio.timeout(60):
        of_case: list[str] = []
        while "legal_action_finished" not in of_case:
            await asyncio.sleep(0.2)
            of_case = await told(["letter_sent", "letter_held_up"], http, f"/api/cases/{ref}")
    return Lived(shown["file"], await told([], http, f"/api/legal-actions/{action}"), of_case)


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


def test_each_step_that_somebody_can_record_is_in_one_of_the_lives() -> None:
    assert {step["fact"] for steps in LIVES.values() for step in steps} == LEGAL_FACT_TYPES.keys() - OF_THE_SYSTEM


@pytest.mark.timeout(600)
async def test_a_worker_killed_at_each_step_leads_to_the_same_end(tmp_path: Path) -> None:
    async with running_stack(tmp_path / "stack") as stack:
        load = Load(stack.api, stack.settings)
        kept = await lived(load, undisturbed)
        killed = await lived(load, killing(stack))
        for life, steps in LIVES.items():
            came_to_the_same(life, [step["fact"] for step in steps], kept[life], killed[life])
        with Progress(disable=True) as progress:
            found = await verify(stack.settings, progress)
        assert found.clean, (found.faults[:5], found.unanswered[:5])


def came_to_the_same(life: str, steps: list[str], kept: Lived, killed: Lived) -> None:
    assert codes(killed.file) == codes(kept.file), life
    for one in (kept, killed):
        assert [fact for fact in one.of_action if fact != "case_told"] == ["legal_action_begun", *steps], life
    heard = {"legal_action_moved", "legal_order_made"}
    assert [one for one in killed.of_case if one not in heard] == [
        one for one in kept.of_case if one not in heard
    ], life
    assert killed.of_case.count("legal_action_finished") == 1, life


def killing(stack: Stack) -> Disturbed:
    async def kill() -> None:
        """A moment after the step was sent: before, while or after the worker has it."""
        await asyncio.sleep(0.01)
        await stack.kill("worker")

    return kill
