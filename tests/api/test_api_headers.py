"""Every answer tells browsers to run, frame, guess and keep nothing; every file is one to save."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest

from api.app import make_app
from api.files import handed_out
from tests.api.product import Product, elsewhere, problem, serving

ALWAYS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
NAMES = {"ref": "CW-2026-999999", "id_": str(uuid4()), "finding": f"{uuid4()}-1", "link": "nonsense"}


class Named(dict[str, str]):
    """Whatever else an address holds is a word that means nothing."""

    def __missing__(self, name: str) -> str:
        return "nonsense"


def guarded(answer: httpx2.Response) -> None:
    for name, value in ALWAYS.items():
        assert answer.headers.get_list(name) == [value], (answer.url, name)
    assert "server" not in answer.headers
    assert "x-powered-by" not in answer.headers


async def test_every_route_says_it_to_whoever_asks(door: Product) -> None:
    described = (await door.http.get("/api/openapi.json")).json()
    answers = [await door.http.get("/api/openapi.json")]
    for path, item in described["paths"].items():
        for verb in item:
            for who in (door.public, door.officer, door.as_("manager"), door.lettings, door.ops):
                headers = who.headers() | {"Idempotency-Key": str(uuid4())}
                body = None if verb == "get" else {}
                where = path.format_map(Named(NAMES))
                answers.append(await door.http.request(verb.upper(), where, json=body, headers=headers))
    assert len(answers) > 200
    assert {200, 204, 401, 403, 404, 422} <= {answer.status_code for answer in answers}
    for answer in answers:
        guarded(answer)


async def test_a_problem_of_any_kind_says_it_too(door: Product) -> None:
    for answer, status in (
        (await door.http.get("/nothing/here"), 404),
        (await door.http.request("PUT", "/api/cases"), 405),
        (await door.public.get("/api/cases"), 401),
        (await door.officer.post_raw("/api/reports", b"{"), 400),
        (await door.officer.post_raw("/api/reports", b" " * 70_000), 413),
        (await door.http.request("HEAD", "/health/live"), 405),
    ):
        assert answer.status_code == status
        guarded(answer)


@pytest.fixture
async def broken(door: Product) -> AsyncIterator[Product]:
    """An API of which one route always fails."""

    async def fails() -> None:
        raise RuntimeError

    ours = elsewhere(door.settings, public_url="https://casework.example")
    async with serving(ours, make=partial(make_app)) as product:
        product.app.add_api_route("/api/broken", fails)
        yield product


async def test_a_fault_of_ours_says_it_too(broken: Product) -> None:
    answer = await broken.http.get("/api/broken")
    problem(answer, 500, "fault")
    guarded(answer)


async def test_where_the_public_reach_us_by_https_browsers_never_come_otherwise(
    broken: Product, door: Product
) -> None:
    for path in ("/health/live", "/api/broken", "/api/cases"):
        assert (await broken.http.get(path)).headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in (await door.http.get("/health/live")).headers


@pytest.mark.parametrize(
    "kind", ["Rowan Example", 'x"; filename="run.html', "a/b", "..", "", "a\r\nSet-Cookie", "zażółć", "a.exe"]
)
def test_a_file_is_named_by_a_reference_and_a_kind_and_by_nothing_else(kind: str) -> None:
    with pytest.raises(ValueError, match="reference and a kind"):
        handed_out(b"", "CW-2026-000001", kind, "pdf")


def test_a_file_of_an_unknown_kind_is_not_handed_out() -> None:
    with pytest.raises(KeyError):
        handed_out(b"", "CW-2026-000001", "letter", "html")


def test_a_file_is_saved_and_not_shown() -> None:
    made = handed_out(b"%PDF", "CW-2026-000001", "closing-letter", "pdf")
    assert made.headers["content-disposition"] == 'attachment; filename="CW-2026-000001-closing-letter.pdf"'
    assert made.headers["content-security-policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert (made.headers["x-content-type-options"], made.headers["cache-control"]) == ("nosniff", "no-store")


def test_no_route_hands_out_a_file_in_a_way_of_its_own(repository: Path) -> None:
    own = [path.name for path in (repository / "api").glob("*.py") if "Content-Disposition" in path.read_text()]
    assert own == ["files.py"]
