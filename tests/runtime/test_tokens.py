"""Access tokens: whose they are, how long they last, and what is not one."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from pydantic import SecretStr

from policy.caller import Caller
from policy.facts.base import Role
from runtime.settings import Settings
from runtime.tokens import (
    ANSWERS,
    AUDIENCE,
    ISSUER,
    TokenRefused,
    claimed_issuer,
    issue,
    issue_link,
    private_address,
    read,
    read_link,
    read_private,
)
from tests.keys import TEST_KEYS

SECRET = "a-secret-that-is-only-for-tests-000"  # noqa: S105 - of a test
HOUR = timedelta(hours=1)
REF = "CW-2026-000123-7"
THEN = datetime(2050, 1, 1, tzinfo=UTC)


@pytest.fixture
def wanted() -> Settings:
    return Settings(
        database_url=SecretStr("postgresql+asyncpg://x/x"),
        token_secret=SecretStr(SECRET),
        encryption_keys=SecretStr(TEST_KEYS),
        evidence_url="file:///nowhere",
    )


def signed(secret: str = SECRET, alg: str = "HS256", **claims: object) -> str:
    good = {"iss": ISSUER, "aud": AUDIENCE, "sub": "officer-1", "role": "officer", "exp": 4_000_000_000}
    kept = {name: value for name, value in (good | claims).items() if value is not None}
    return jwt.encode({"alg": alg}, kept, OctKey.import_key(secret), algorithms=[alg])


def test_one_that_was_good_is_refused_when_its_time_is_over(wanted: Settings) -> None:
    token = issue(wanted, "officer-1", "officer", timedelta(seconds=2))
    assert read(wanted, token).id == "officer-1"
    time.sleep(3)
    with pytest.raises(TokenRefused):
        read(wanted, token)


def test_a_token_says_who_and_as_what(wanted: Settings) -> None:
    sam = Caller(id="sam", role=Role.SUPERVISOR, teams=frozenset({"north"}))
    assert read(wanted, issue(wanted, "sam", "supervisor", HOUR, {"north"})) == sam
    assert read(wanted, signed()) == Caller(id="officer-1", role=Role.OFFICER)


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(signed(exp=1), id="expired"),
        pytest.param(signed(exp=None), id="without an end"),
        pytest.param(signed(nbf=4_000_000_000), id="not yet"),
        pytest.param(signed(iss="somebody"), id="of another issuer"),
        pytest.param(signed(aud="another-api"), id="for another audience"),
        pytest.param(signed(aud=None), id="for nobody"),
        pytest.param(signed(sub=None), id="nobody's"),
        pytest.param(signed(sub=""), id="of an empty name"),
        pytest.param(signed(role=None), id="without a role"),
        pytest.param(signed(role="king"), id="of a role that there is not"),
        pytest.param(signed(role="system"), id="of Casework itself"),
        pytest.param(signed(role=["officer"]), id="of a role that is no word"),
        pytest.param(signed(teams="north"), id="of teams that are no list"),
        pytest.param(signed("another-secret-that-is-only-for-tests"), id="signed by somebody else"),
        pytest.param(signed(alg="HS512"), id="of another algorithm"),
        pytest.param("", id="empty"),
        pytest.param("a.b.c", id="nonsense"),
        pytest.param("a.b.c.d.e", id="encrypted nonsense"),
        pytest.param("\N{PILE OF POO}.x.y", id="not ASCII"),
        pytest.param("eyJhbGciOiJIUzI1NiIsImNyaXQiOjF9.e30.x", id="with a number where a list belongs"),
    ],
)
def test_what_is_not_a_good_token(token: str, wanted: Settings) -> None:
    for reading in (read, read_link):
        with pytest.raises(TokenRefused):
            reading(wanted, token)


def test_after_the_secret_was_changed_what_the_one_before_signed_is_read_until_it_is_taken_away(
    wanted: Settings,
) -> None:
    new = SecretStr("the-secret-that-came-after-it-in-tests")
    token, link = issue(wanted, "sam", "supervisor", HOUR), issue_link(wanted, REF, "gp", THEN)
    changed = wanted.model_copy(update={"token_secret": new, "token_secrets_before": (SecretStr(SECRET),)})
    assert read(changed, token).id == "sam"
    assert read_link(changed, link) == (REF, "gp")
    assert read(changed, issue(changed, "ali", "officer", HOUR)).id == "ali"
    assert (
        read(wanted.model_copy(update={"token_secret": new}), issue(changed, "ali", "officer", HOUR)).id == "ali"
    )
    with pytest.raises(TokenRefused):
        read(wanted.model_copy(update={"token_secret": new}), token)
    with pytest.raises(TokenRefused):
        read(changed, signed(exp=1))


@pytest.mark.parametrize("token", ["", "x", "a.b", "a.W10.c", "a.e30.c", "\N{PILE OF POO}.x.y"])
def test_what_names_no_issuer_has_none(token: str) -> None:
    assert claimed_issuer(token) is None


def test_a_private_link_names_the_referral_and_its_agency_and_nobody_else(wanted: Settings) -> None:
    token = issue_link(wanted, REF, "gp", THEN)
    assert read_link(wanted, token) == (REF, "gp")
    assert token == issue_link(wanted, REF, "gp", THEN), "made out again it is the same"


def test_somebody_s_own_link_is_neither_a_sign_in_nor_an_agency_s(wanted: Settings) -> None:
    token = private_address(wanted, "an-id", THEN).rpartition("/")[2]
    assert read_private(wanted, token) == "an-id"
    for door in (read, read_link):
        with pytest.raises(TokenRefused):
            door(wanted, token)
    for other in (issue(wanted, "sam", "supervisor", HOUR), issue_link(wanted, REF, "gp", THEN)):
        with pytest.raises(TokenRefused):
            read_private(wanted, other)


def test_somebody_s_own_link_is_always_the_same(wanted: Settings) -> None:
    """A letter that is made out again is the same letter, and the link names nobody."""
    made = private_address(wanted, "an-id", THEN)
    assert made == private_address(wanted, "an-id", THEN)


def test_a_private_link_is_no_sign_in_and_a_sign_in_is_no_link(wanted: Settings) -> None:
    with pytest.raises(TokenRefused):
        read(wanted, issue_link(wanted, REF, "gp", THEN))
    with pytest.raises(TokenRefused):
        read_link(wanted, issue(wanted, "sam", "supervisor", HOUR))
    for made in (signed(agency="gp", sub=REF), signed(aud=[AUDIENCE], agency="gp", sub=REF)):
        with pytest.raises(TokenRefused):
            read_link(wanted, made)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"exp": 1}, id="expired"),
        pytest.param({"exp": None}, id="without an end"),
        pytest.param({"agency": None}, id="of no agency"),
        pytest.param({"sub": None}, id="of no referral"),
        pytest.param({"iss": "somebody"}, id="of another issuer"),
        pytest.param({"secret": "another-secret-that-is-only-for-tests"}, id="signed by somebody else"),
        pytest.param({"alg": "HS512"}, id="of another algorithm"),
    ],
)
def test_what_is_not_a_good_link(changed: dict[str, object], wanted: Settings) -> None:
    good = {"aud": ANSWERS, "sub": REF, "agency": "gp", "role": None}
    assert read_link(wanted, signed(**good)) == (REF, "gp")  # type: ignore[arg-type] # claims of any kind
    with pytest.raises(TokenRefused):
        read_link(wanted, signed(**good | changed))  # type: ignore[arg-type] # as above
