"""A legal action over HTTP: proposed on its case, carried on beside it, and what each side sees of the other."""

from datetime import UTC, datetime, timedelta
from typing import Any

from rich.progress import Progress
from temporalio.client import Client

from cli.rebuild import rebuild
from cli.verify import verify
from policy.working_days import london_day
from tests.api.product import Product, problem, until
from tests.given import court_day

SERIOUS = {"remedy": "injunction", "tenure": "assured", "person": "perpetrator-1"}


def next_court_day() -> str:
    return court_day(london_day(datetime.now(UTC)) + timedelta(days=1)).isoformat()


async def proposed(product: Product) -> tuple[str, str]:
    """The case, and its legal action once it is there."""
    ref = await product.officer.reported(about={"name": "Pat Sample", "address": ["3 Invented Row"]})
    effect = {
        "effect": "Nobody uses the stairs.",
        "causes": ["alcohol"],
        "words": "Beer.",
        "substantial": True,
    }
    await product.officer.recorded(ref, "effect_recorded", **effect)
    told = SERIOUS | {"very_serious": "He held a knife.", "reasons": "Nobody is safe."}
    await product.officer.recorded(ref, "legal_action_proposed", **told)

    async def begun() -> Any:
        (beside,) = (await product.officer.get(f"/api/cases/{ref}")).json()["beside"]
        shown = await product.officer.get(f"/api/legal-actions/{beside['ref']}")
        return beside["ref"] if shown.json()["deadlines"] else None

    return ref, await until(begun)


async def act(product: Product, action: str, fact: str, **said: Any) -> Any:
    by = product.supervisor if fact == "team_reviewed" else product.officer
    return await by.post(f"/api/legal-actions/{action}/facts", {"fact": fact, "words": "So."} | said)


async def to_court(product: Product, action: str) -> None:
    for fact, said in (
        ("team_reviewed", {"goes_on": True}),
        ("solicitor_instructed", {}),
        ("solicitor_answered", {"view": "enough"}),
        ("papers_issued", {"court": "A county court"}),
    ):
        answer = await act(product, action, fact, **said)
        assert answer.status_code == 201, answer.text
    listed = {"fact": "court_listed", "on": next_court_day()}
    answer = await product.officer.post(f"/api/legal-actions/{action}/facts", listed)
    assert answer.status_code == 201, answer.text


async def test_a_legal_action_goes_to_court_and_its_case_hears_of_it(product: Product) -> None:
    ref, action = await proposed(product)
    assert action.startswith(f"{ref}-")
    shown = (await product.officer.get(f"/api/legal-actions/{action}")).json()
    assert (shown["kind"], shown["file"]["stage"], shown["over"]) == ("legal-action", "proposed", False)
    assert [one["key"] for one in shown["deadlines"]] == ["team-review"]
    assert "team_reviewed" not in shown["offered"], "an officer does not review"
    assert "legal_action_ended" in shown["offered"]
    (papers,) = [one for one in shown["actions"] if one["fact"] == "papers_issued"]
    assert papers["refusal"]["refused"] == "SolicitorMustAgree"
    by_supervisor = (await product.supervisor.get(f"/api/legal-actions/{action}")).json()
    assert "team_reviewed" in by_supervisor["offered"]
    await to_court(product, action)

    async def hearing() -> Any:
        owed = (await product.officer.get(f"/api/cases/{ref}")).json()["standing"]["deadlines"]
        return [one["key"] for one in owed if one["key"].startswith("hearing-before:")]

    (care,) = await until(hearing)
    assert care == f"hearing-before:legal-action-{action.rpartition('-')[2]}:complainant"
    live = (await product.officer.get(f"/api/legal-actions/{action}/live")).json()
    assert live["file"]["hearing"]["on"] == next_court_day()
    page = (await product.officer.get(f"/api/legal-actions/{action}/timeline")).json()
    told = [one["fact"] for one in page["entries"]]
    assert told[0] == "legal_action_begun"
    assert [one for one in told if one != "case_told"][-1] == "court_listed"
    line = (await product.officer.get(f"/api/cases/{ref}")).json()["beside"][0]
    assert (line["stage"], line["finished"]) == ("listed", False)


async def test_it_shows_why_it_was_proposed_and_what_the_order_says(product: Product) -> None:
    ref, action = await proposed(product)
    await to_court(product, action)
    assert (await act(product, action, "court_adjourned")).status_code == 201
    order = {"until": "2051-01-10"}
    terms = "He does not come within 100 metres of the block."
    granted = await act(product, action, "court_decided", outcome="granted", order=order, words=terms)
    assert granted.status_code == 201, granted.text
    said = (await product.officer.get(f"/api/legal-actions/{action}")).json()["said"]
    proposal, decided = said
    assert (proposal["ref"], proposal["fact"]) == (ref, "legal_action_proposed")
    assert (proposal["content"]["reasons"], proposal["content"]["very_serious"]) == (
        "Nobody is safe.",
        "He held a knife.",
    )
    assert (decided["ref"], decided["content"]["words"]) == (action, terms)
    assert decided["content"]["order"]["until"] == "2051-01-10"


async def test_what_the_policy_refuses_is_refused_with_its_row_and_nothing_changes(product: Product) -> None:
    _, action = await proposed(product)
    early = await act(product, action, "papers_issued", court="A county court")
    assert problem(early, 409, "solicitor-must-agree")["row"] == "solicitor-gate"
    own = await product.officer.post(
        f"/api/legal-actions/{action}/facts", {"fact": "team_reviewed", "goes_on": True, "words": "Fine."}
    )
    assert problem(own, 403, "not-yours-to-do")
    assert problem(await act(product, action, "case_told"), 422, "not-understood")
    assert problem(await act(product, action, "contact_made"), 422, "not-understood")
    unknown = await act(product, "CW-2026-000001-99", "solicitor_instructed")
    assert problem(unknown, 404, "not-found")
    assert problem(await product.officer.get("/api/legal-actions/nonsense"), 404, "not-found")
    page = (await product.officer.get(f"/api/legal-actions/{action}/timeline")).json()
    assert [one["fact"] for one in page["entries"]] == ["legal_action_begun"]


async def test_the_same_key_is_answered_the_same_and_another_body_under_it_is_not(product: Product) -> None:
    _, action = await proposed(product)
    path, key = f"/api/legal-actions/{action}/facts", "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    body = {"fact": "team_reviewed", "goes_on": True, "words": "Handled well."}
    first = await product.supervisor.post(path, body, key)
    again = await product.supervisor.post(path, body, key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = await product.supervisor.post(path, body | {"words": "Another."}, key)
    assert problem(other, 409, "key-used-for-another-body")


async def test_what_is_owed_on_it_is_a_task_of_the_case_s_officer(product: Product) -> None:
    ref, action = await proposed(product)
    await product.officer.recorded(ref, "case_allocated", officer="officer-7")
    answer = await act(product, action, "team_reviewed", goes_on=True)
    assert answer.status_code == 201

    async def task() -> Any:
        tasks = await product.officer.tasks(officer="officer-7")
        return [one for one in tasks if one["about"] == action]

    (one,) = await until(task)
    assert (one["case_ref"], one["key"], one["row"]) == (ref, "solicitor", "solicitor-gate")
    assert "Ask the solicitor" in one["why"]
    matter = one["matter"]
    assert matter["key"] == f"legal-action-{action.rpartition('-')[2]}"
    assert (matter["which"], matter["person"], matter["stage"]) == ("injunction", "perpetrator-1", "reviewed")


async def test_it_is_over_once_its_case_knows_and_takes_nothing_more(product: Product) -> None:
    ref, action = await proposed(product)
    ended = {"fact": "legal_action_ended", "how": "given_up", "reasons": "He moved away."}
    answer = await product.officer.post(f"/api/legal-actions/{action}/facts", ended)
    assert answer.status_code == 201

    async def over() -> Any:
        return (await product.officer.get(f"/api/legal-actions/{action}")).json()["over"]

    await until(over)
    live = await product.officer.get(f"/api/legal-actions/{action}/live")
    assert (live.status_code, live.json()["over"]) == (200, True)
    late = await act(product, action, "solicitor_instructed")
    assert problem(late, 409, "legal-step-not-open")["detail"] == "This legal action is over."
    matters = (await product.officer.get(f"/api/cases/{ref}")).json()["standing"]["deadlines"]
    assert not [one for one in matters if one["key"].startswith("legal-action")]


async def test_the_records_of_it_hold_and_can_be_made_anew(product: Product) -> None:
    _, action = await proposed(product)
    await to_court(product, action)

    async def quiet() -> Any:
        shown = (await product.officer.get(f"/api/legal-actions/{action}")).json()
        return shown if shown["file"]["told"]["stage"] == "listed" else None

    before = await until(quiet)
    with Progress(disable=True) as progress:
        assert await rebuild(product.settings, progress) == 1
        found = await verify(product.settings, progress)
    assert found.clean, found
    assert found.cases == 1
    assert (await product.officer.get(f"/api/legal-actions/{action}")).json() == before


async def test_two_deadlines_of_one_name_that_fell_due_at_one_moment_are_two_lines(product: Product) -> None:
    """The order is looked at from the decision on and, on the same day, from the answer to its breach on."""
    _, action = await proposed(product)
    await to_court(product, action)
    assert (await act(product, action, "court_adjourned")).status_code == 201
    for fact, said in (
        ("court_decided", {"outcome": "granted", "order": {"until": "2051-01-10"}}),
        ("order_breached", {}),
        ("breach_answered", {}),
        ("order_breached", {}),
    ):
        assert (await act(product, action, fact, **said)).status_code == 201
    with Progress(disable=True) as progress:
        assert (await verify(product.settings, progress)).clean


async def test_one_that_nothing_carries_on_any_more_is_ended_on_its_case_by_a_supervisor(
    product: Product, client: Client
) -> None:
    ref, action = await proposed(product)
    matter = f"legal-action-{action.rpartition('-')[2]}"
    stopped = {"matter": matter, "reasons": "It was ended by mistake."}
    assert problem(await product.officer.fact(ref, "legal_action_stopped", **stopped), 403, "not-yours-to-do")
    running = await product.supervisor.fact(ref, "legal_action_stopped", **stopped)
    assert action in problem(running, 409, "matter-not-open")["detail"]
    await client.get_workflow_handle(f"legal-action/{action}").terminate()
    assert problem(await act(product, action, "solicitor_instructed"), 409, "not-running")
    await product.supervisor.recorded(ref, "legal_action_stopped", **stopped)
    owed = (await product.officer.get(f"/api/cases/{ref}")).json()["standing"]["deadlines"]
    assert not [one for one in owed if one["key"] == matter]
