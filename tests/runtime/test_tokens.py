"""Access tokens: whose they are, how long they last, and what is not one."""

from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from pydantic import SecretStr

from runtime.settings import Settings
from runtime.tokens import AUDIENCE, ISSUER, TokenRefused, issue, read

SECRET = "a-secret-that-is-only-for-tests-000"  # noqa: S105 - of a test
HOUR = timedelta(hours=1)


@pytest.fixture
def wanted() -> Settings:
    return Settings(database_url=SecretStr("postgresql+asyncpg://x/x"), token_secret=SecretStr(SECRET))


def signed(secret: str = SECRET, alg: str = "HS256", **claims: object) -> str:
    good = {"iss": ISSUER, "aud": AUDIENCE, "sub": "officer-1", "role": "officer", "exp": 4_000_000_000}
    kept = {name: value for name, value in (good | claims).items() if value is not None}
    return jwt.encode({"alg": alg}, kept, OctKey.import_key(secret), algorithms=[alg])


def test_a_token_says_who_and_as_what(wanted: Settings) -> None:
    assert read(wanted, issue(wanted, "sam", "supervisor", HOUR)) == ("sam", "supervisor")
    assert read(wanted, signed()) == ("officer-1", "officer")


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
        pytest.param(signed("another-secret-that-is-only-for-tests"), id="signed by somebody else"),
        pytest.param(signed(alg="HS512"), id="of another algorithm"),
        pytest.param("", id="empty"),
        pytest.param("a.b.c", id="nonsense"),
        pytest.param("a.b.c.d.e", id="encrypted nonsense"),
        pytest.param("\N{PILE OF POO}.x.y", id="not ASCII"),
    ],
)
def test_what_is_not_a_good_token(token: str, wanted: Settings) -> None:
    with pytest.raises(TokenRefused):
        read(wanted, token)
