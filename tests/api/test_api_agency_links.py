"""An agency answers by its private link, which shows as little as it can and is no sign-in."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from activities.referrals import Order
from policy.editions.agencies import AgencyChannel
from policy.facts import Actor, Fact, Role, digest
from policy.facts.people import Party
from policy.referral import facts as f
from policy.referral.codes import ReferralOutcome
from policy.working_days import london_day
from runtime.tokens import issue, issue_link
from store.sessions import Store
from tests.activities.referred import happened, referred
from tests.api.product import Caller, Product, elsewhere, problem
from tests.given import a_moment_ago, report
from workers.worker import private_link

THEN = datetime(2050, 1, 1, tzinfo=UTC)
HAVE_IT: dict[str, Any] = {"fact": "referral_acknowledged", "by_when": "2050-01-03"}
TAKEN_UP: dict[str, Any] = {"fact": "referral_answered", "taken_up": True, "words": "We meet her on Monday."}


def store(door: Product) -> Store:
    return door.records


async def sent(door: Product) -> Order:
    """A referral that its agency has."""
    order = await referred(store(door), report(a_moment_ago(), about=Party(name="Pat Sample")))
    await told(door, order, f.ReferralSent(at=a_moment_ago(), key=order.duty.key))
    return order


async def told(door: Product, order: Order, *facts: Fact) -> None:
    for fact in facts:
        await happened(store(door), order.ref, fact)


def link(door: Product, order: Order, agency: str = "victim_support", until: datetime = THEN) -> str:
    return f"/api/answers/{issue_link(door.settings, order.ref, agency, until)}"


def private(answer: httpx2.Response) -> None:
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_an_agency_sees_its_referral_s_reference_and_what_it_may_tell(door: Product) -> None:
    order = await sent(door)
    answer = await door.public.get(link(door, order))
    assert answer.status_code == 200
    private(answer)
    assert answer.json() == {
        "reference": order.ref,
        "agency": "Victim Support",
        "landlord": "Weald & Downs Homes",
        "phone": "01632 960 000",
        "may_tell": ["referral_acknowledged", "referral_answered"],
        "not_any_more": None,
    }


async def test_the_link_that_a_worker_makes_works_until_its_last_day_is_over(door: Product) -> None:
    order = await sent(door)
    make = private_link(elsewhere(door.settings, public_url=f"{door.base}/"))
    today = london_day(datetime.now(UTC))
    for days, status in ((0, 200), (90, 200), (-1, 404)):
        made = make(order.ref, order.duty.agency, today + timedelta(days=days), AgencyChannel.WEBHOOK)
        assert made.startswith(f"{door.base}/api/answers/")
        assert (await door.http.get(made)).status_code == status


async def test_what_a_mail_program_adds_to_the_link_breaks_nothing(door: Product) -> None:
    order = await sent(door)
    answer = await door.public.get(f"{link(door, order)}?utm_source=mail")
    assert answer.status_code == 200
    private(answer)


async def test_what_it_may_tell_follows_where_the_referral_stands(door: Product) -> None:
    order = await sent(door)
    taken_up = f.ReferralAnswered(at=a_moment_ago(), taken_up=True, words="Yes.")
    await told(door, order, taken_up)
    may_tell = (await door.public.get(link(door, order))).json()["may_tell"]
    assert may_tell == ["referral_work_reported"], "ending what they took up is for one of us"
    await told(door, order, f.ConsentTold(at=a_moment_ago(), stands=False, stays=False))
    shown = await door.public.get(link(door, order))
    assert "referral_answered" in shown.json()["may_tell"]
    assert "withdrawn" not in shown.text


async def test_once_it_is_over_nothing_more_can_be_told(door: Product) -> None:
    order = await sent(door)
    ended = f.ReferralAnswered(at=a_moment_ago(), taken_up=False, words="No.")
    await told(door, order, ended)
    file = await happened(store(door), order.ref, f.ConsentTold(at=a_moment_ago(), stands=True, stays=True))
    assert file.said is not None
    await told(door, order, f.CaseTold(at=a_moment_ago(), said=file.said, reached=True))
    assert (await door.public.get(link(door, order))).json()["may_tell"] == []
    late = await door.public.post(link(door, order), TAKEN_UP)
    said = problem(late, 409, "not-now")
    assert said["detail"] == "This cannot be told now. Please ring 01632 960 000."
    assert "row" not in said


@pytest.mark.parametrize(
    "taken_back",
    [
        f.ConsentTold(at=THEN, stands=False, stays=False),
        f.ReferralEnded(at=THEN, outcome=ReferralOutcome.NOT_NEEDED, reasons="She has moved."),
    ],
)
async def test_an_agency_reads_that_a_referral_no_longer_stands_and_what_to_do(
    door: Product, taken_back: Fact
) -> None:
    order, key = await sent(door), str(uuid4())
    by = Actor(id="agency:victim_support", role=Role.AGENCY)
    acknowledged = f.ReferralAcknowledged(at=a_moment_ago(), by_when=date(2050, 1, 3))
    await happened(store(door), order.ref, acknowledged, by, key, digest(HAVE_IT))
    await told(door, order, taken_back.model_copy(update={"at": a_moment_ago()}))
    for answer in (
        await door.public.get(link(door, order)),
        await door.public.post(link(door, order), HAVE_IT, key),
    ):
        said = answer.json()["not_any_more"]
        assert said.startswith("This referral no longer stands. Please do nothing more because of it")
        assert "Destroy what we sent you" in said
        assert "01632 960 000" in said
    file = await happened(store(door), order.ref, f.AgencyToldOfWithdrawal(at=a_moment_ago(), words="Rang them."))
    await told(door, order, f.CaseTold(at=a_moment_ago(), said=file.said, reached=True))
    shown = (await door.public.get(link(door, order))).json()
    assert (shown["may_tell"], shown["not_any_more"]) == ([], said)
    late = problem(await door.public.post(link(door, order), TAKEN_UP), 409, "not-now")
    assert late["detail"] == said


async def test_an_expired_tampered_or_foreign_link_says_plainly_that_it_does_not_work(door: Product) -> None:
    order = await sent(door)
    good = link(door, order)
    head, claims, signature = good.rpartition("/")[2].split(".")
    foreign = elsewhere(door.settings, token_secret="somebody-elses-secret-of-32-chars!!")  # noqa: S106 - of a test
    wrong = {
        "expired": link(door, order, until=datetime.now(UTC) - timedelta(seconds=1)),
        "tampered": f"/api/answers/{head}.{claims[:-4]}AAAA.{signature}",
        "without its signature": f"/api/answers/{head}.{claims}.",
        "cut short": good[:-1],
        "of another agency": link(door, order, "gp"),
        "of no referral": f"/api/answers/{issue_link(door.settings, 'CW-2026-000001-9', 'gp', THEN)}",
        "of a case": f"/api/answers/{issue_link(door.settings, order.case, 'victim_support', THEN)}",
        "signed by somebody else": f"/api/answers/{issue_link(foreign, order.ref, 'victim_support', THEN)}",
        "a sign-in": f"/api/answers/{issue(door.settings, 'victim_support', 'supervisor', timedelta(hours=1))}",
        "nonsense": "/api/answers/x",
        "no name": "/api/answers/1.2.3",
        "NUL": "/api/answers/a%00b",
        "not ASCII": "/api/answers/%C3%A9.%C3%A9.%C3%A9",
    }
    for name, path in wrong.items():
        for answer in (await door.public.get(path), await door.public.post(path, HAVE_IT)):
            assert answer.status_code == 404, (name, answer.text)
            said = problem(answer, 404, "link-not-found")
            assert said["detail"].startswith("This link does not work, or does not work any more."), name
            private(answer)


async def test_a_link_is_no_sign_in_and_the_role_of_an_agency_opens_nothing(door: Product) -> None:
    order = await sent(door)
    token = link(door, order).rpartition("/")[2]
    for bearer in (token, issue(door.settings, "agency:gp", "agency", timedelta(hours=1))):
        by = Caller(door.http, bearer)
        for answer in (
            await by.get(f"/api/cases/{order.case}"),
            await by.get("/api/tasks"),
            await by.post(f"/api/cases/{order.case}/facts", {"fact": "referral_acknowledged"}),
            await by.post("/api/reports", {"channel": "web", "words": "x", "category": "noise"}),
        ):
            assert answer.status_code in {401, 403}, answer.text


@pytest.mark.parametrize(
    "body",
    [
        {"fact": "referral_ended", "outcome": "helped", "reasons": "Done."},
        {"fact": "referral_sent", "key": "send-1"},
        {"fact": "referral_chased", "words": "Asked."},
        {"fact": "case_closed"},
        {"words": "Yes."},
        {"fact": "referral_answered", "taken_up": True},
        TAKEN_UP | {"by": "somebody"},
        TAKEN_UP | {"words": "x" * 8001},
        HAVE_IT | {"by_when": "soon"},
    ],
)
async def test_nothing_else_is_taken_by_a_link(door: Product, body: dict[str, Any]) -> None:
    problem(await door.public.post(link(door, await sent(door)), body), 422, "not-understood")


async def test_an_answer_needs_its_key(door: Product) -> None:
    path = link(door, await sent(door))
    problem(await door.http.post(path, json=HAVE_IT), 400, "key-missing")


async def test_with_the_engine_away_the_agency_is_asked_to_try_again(door: Product) -> None:
    answer = await door.public.post(link(door, await sent(door)), HAVE_IT)
    problem(answer, 503, "engine-away")
    private(answer)
    assert answer.headers["retry-after"]


async def test_what_is_recorded_already_is_answered_the_same_and_another_body_is_not(door: Product) -> None:
    order, key = await sent(door), str(uuid4())
    by = Actor(id="agency:victim_support", role=Role.AGENCY)
    acknowledged = f.ReferralAcknowledged(at=a_moment_ago(), by_when=date(2050, 1, 3))
    await happened(store(door), order.ref, acknowledged, by, key, digest(HAVE_IT))
    answer = await door.public.post(link(door, order), HAVE_IT, key)
    assert answer.status_code == 201
    private(answer)
    assert answer.json() == {"reference": order.ref, "recorded": True, "not_any_more": None}
    problem(await door.public.post(link(door, order), TAKEN_UP, key), 409, "key-used-for-another-body")


async def test_nobody_s_name_is_shown_or_stands_in_the_link(door: Product) -> None:
    order = await sent(door)
    shown = await door.public.get(link(door, order))
    for word in ("Rowan", "Pat", "complain", "sleep", order.duty.proposed):
        assert word.lower() not in shown.text.lower()
        assert word.lower() not in link(door, order).lower()
