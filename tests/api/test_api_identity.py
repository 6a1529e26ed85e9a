"""Who may ask what. No route but health and the public report answers without a token."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from pydantic import SecretStr

from runtime.settings import Settings
from runtime.tokens import issue
from tests.api.product import Caller, Product, problem, report

KEY = {b"Idempotency-Key": str(uuid4()).encode()}
BY_LINK = {("GET", "/api/answers/{link}"), ("POST", "/api/answers/{link}")}
OPEN = {
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("POST", "/api/reports"),
    ("POST", "/api/case-reviews"),
    ("GET", "/api/case-reviews/published"),
    *BY_LINK,
}


async def every_operation(door: Product) -> list[tuple[str, str]]:
    paths = (await door.http.get("/api/openapi.json")).json()["paths"]
    return [(method.upper(), path) for path, item in paths.items() for method in item]


def address(path: str, ref: str = "CW-2026-000001") -> str:
    """The path with something in each of its places."""
    id_ = "8d1f0f5e-5a44-4c0c-9e0c-0f5d5d2b8a11"
    return path.format(
        ref=ref,
        id_=id_,
        finding=f"{id_}-1",
        category="noise",
        link="x",
        name="agencies",
        key="update-2",
        matter="diary-2",
    )


async def test_no_other_route_answers_without_a_token(door: Product, ref: str) -> None:
    operations = await every_operation(door)
    assert len(operations) >= 13
    assert set(operations) >= OPEN
    for method, path in operations:
        if (method, path) in OPEN:
            continue
        answer = await door.http.request(method, address(path, ref), json={}, headers=KEY)
        problem(answer, 401, "not-signed-in")
        assert answer.headers["www-authenticate"] == "Bearer"


async def test_nothing_is_served_beside_what_is_described(door: Product) -> None:
    for path in ("/", "/docs", "/redoc", "/openapi.json", "/api", "/api/docs"):
        problem(await door.http.get(path), 404, "not-found")


def wrong_tokens(settings: Settings) -> Iterator[tuple[str, str]]:
    good = issue(settings, "officer-1", "officer", timedelta(hours=1))
    head, claims, signature = good.split(".")
    foreign = settings.model_copy(update={"token_secret": SecretStr("somebody-elses-secret-of-32-chars!!")})
    none = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "JWT"}).encode()).rstrip(b"=").decode()
    supervisor = json.loads(base64.urlsafe_b64decode(claims + "==")) | {"role": "supervisor"}
    forged = base64.urlsafe_b64encode(json.dumps(supervisor).encode()).rstrip(b"=").decode()
    yield "expired", issue(settings, "officer-1", "officer", timedelta(seconds=-1))
    yield "foreign", issue(foreign, "officer-1", "officer", timedelta(hours=1))
    yield "none algorithm", f"{none}.{claims}."
    yield "none algorithm, signed", f"{none}.{claims}.{signature}"
    yield "forged claims", f"{head}.{forged}.{signature}"
    yield "no signature", f"{head}.{claims}."
    yield "encrypted", "a.b.c.d.e"
    yield "nonsense", "x"
    yield "not ASCII", "\N{LATIN SMALL LETTER E WITH ACUTE}"
    yield "unknown role", issue(settings, "officer-1", "king", timedelta(hours=1))


async def test_wrong_tokens(door: Product) -> None:
    for name, token in wrong_tokens(door.settings):
        for method, url, body in (("GET", "/api/cases", None), ("POST", "/api/reports", report())):
            headers = {b"Authorization": f"Bearer {token}".encode(), **KEY}
            answer = await door.http.request(method, url, json=body, headers=headers)
            assert answer.status_code == 401, (name, url)
            problem(answer, 401, "not-signed-in")
    answer = await door.http.get("/api/cases", headers={"Authorization": "Basic b2ZmaWNlcjpvZmZpY2Vy"})
    problem(answer, 401, "not-signed-in")


@pytest.mark.parametrize("path", ["cases", "tasks", "cases/{}", "cases/{}/timeline", "cases/{}/timeline.jsonl"])
async def test_ops_see_no_case(path: str, door: Product, ref: str) -> None:
    problem(await door.ops.get(f"/api/{path.format(ref)}"), 403, "not-yours-to-do")


async def test_lettings_may_ask_their_question_and_do_nothing_else(door: Product, ref: str) -> None:
    headers = {k.encode(): v.encode() for k, v in door.lettings.headers().items()}
    theirs = {("POST", "/api/lettings-checks"), ("GET", "/api/case-reviews/published"), ("GET", "/api/me")}
    theirs.add(("GET", "/api/me/lookings"))
    for method, path in await every_operation(door):
        if path.startswith("/health/") or (method, path) in {*theirs, *BY_LINK}:
            continue
        answer = await door.http.request(method, address(path, ref), json={}, headers=KEY | headers)
        assert answer.status_code == 403, (method, path, answer.text)
        problem(answer, 403, "not-yours-to-do")


async def test_ops_take_no_reports(door: Product) -> None:
    problem(await door.ops.post("/api/reports", report()), 403, "not-yours-to-do")


async def test_metrics_are_for_who_is_signed_in_and_name_no_case(door: Product, ref: str) -> None:
    await door.officer.get(f"/api/cases/{ref}")
    await door.http.request("BREW", f"/api/cases/{ref}")
    told = (await door.ops.get("/metrics")).text
    assert 'route="/api/cases/{ref}"' in told
    assert "CW-" not in told
    assert "BREW" not in told
    problem(await Caller(door.http).get("/metrics"), 401, "not-signed-in")
