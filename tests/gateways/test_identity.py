"""What a provider says is taken only when every check of it holds; each is wrong here in one way."""

import time
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc.jwk import RSAKey

from gateways.identity import Begun, Client, Person, Provider, SignInRefused
from gateways.identity_answers import ProviderAway
from runtime.embedded.processes import free_port
from tests.identity_provider import CLIENT, EC, ED, FOREIGN, RSA, Pretender, pretending, signed_by_a_shared_secret

BACK = "http://127.0.0.1:1/sign-in/back"
LONG_AGO, FAR_AHEAD = 1_000_000_000, 4_000_000_000


@pytest.fixture
async def pretender() -> AsyncIterator[Pretender]:
    async with pretending(free_port()) as provider:
        yield provider


def client_of(pretender: Pretender, **more: Any) -> Client:
    return Client(pretender.issuer, CLIENT, BACK, **{"api_audience": "casework-api", "without_tls": True} | more)


@pytest.fixture
def provider(pretender: Pretender) -> Provider:
    return Provider(client_of(pretender), rest=0)


async def answer_of(way: str) -> dict[str, str]:
    """What the browser brings back."""
    async with httpx2.AsyncClient() as http:
        sent = await http.get(way)
    assert sent.headers["location"].startswith(BACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(sent.headers["location"]).query).items()}


async def signed_in(provider: Provider, begun: Begun | None = None, **more: str) -> Person:
    begun = begun or Begun()
    return await provider.came_back(begun, await answer_of(await provider.way_there(begun)) | more)


async def test_who_comes_back_is_known(provider: Provider) -> None:
    assert await signed_in(provider) == Person("s-1", "Ash", frozenset({"officers"}))


@pytest.mark.parametrize(
    "signs", [(RSA, "RS256"), (RSA, "PS256"), (EC, "ES256"), (ED, "EdDSA")], ids=lambda s: s[1]
)
async def test_each_pinned_algorithm_is_taken(signs: Any, provider: Provider, pretender: Pretender) -> None:
    pretender.signs = signs
    assert (await signed_in(provider)).subject == "s-1"


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "another nonce": ({"says": {"nonce": "another"}}, "nonce"),
    "no nonce": ({"says": {"nonce": None}}, "nonce"),
    "a nonce that is no text": ({"says": {"nonce": 1}}, "nonce"),
    "another audience": ({"says": {"aud": "another"}}, "aud"),
    "no audience": ({"says": {"aud": None}}, "aud"),
    "several audiences and nobody who asked": ({"says": {"aud": [CLIENT, "another"]}}, "azp"),
    "somebody else who asked": ({"says": {"aud": [CLIENT, "another"], "azp": "another"}}, "azp"),
    "somebody else who asked for us alone": ({"says": {"azp": "another"}}, "azp"),
    "another issuer": ({"says": {"iss": "https://another.example"}}, "iss"),
    "an issuer with a stroke more": ({"says": {"iss": "{issuer}/"}}, "iss"),
    "no issuer": ({"says": {"iss": None}}, "iss"),
    "expired": ({"says": {"exp": LONG_AGO}}, "exp"),
    "without an end": ({"says": {"exp": None}}, "exp"),
    "without a time of issue": ({"says": {"iat": None}}, "iat"),
    "issued in the future": ({"says": {"iat": FAR_AHEAD}}, "iat"),
    "not yet valid": ({"says": {"nbf": FAR_AHEAD}}, "nbf"),
    "of nobody": ({"says": {"sub": None}}, "sub"),
    "of an endless name": ({"says": {"sub": "x" * 256}}, "subject"),
    "of a name with control characters": ({"says": {"sub": "a\nb"}}, "subject"),
    "a foreign key under a known id": ({"signs": (FOREIGN, "RS256")}, "bad_signature"),
    "a key id that nobody knows": ({"head": {"kid": "unknown"}}, "key_not_known"),
    "no key id where there are several": (
        {"head": {"kid": None}, "served": [RSA, FOREIGN]},
        "key_of_another_kind",
    ),
    "an algorithm of the same key that is not pinned": ({"signs": (RSA, "RS384")}, "algorithm"),
    "an elliptic signature under the id of an RSA key": (
        {"signs": (EC, "ES256"), "head": {"kid": "rsa"}},
        "key_of_another_kind",
    ),
    "too many groups to say": (
        {"says": {"groups": None, "_claim_names": {"groups": "x"}}},
        "too_many_groups_to_say",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_what_is_wrong_with_a_token(wrong: str, provider: Provider, pretender: Pretender) -> None:
    changes, code = WRONG[wrong]
    for name, value in changes.items():
        setattr(pretender, name, value)
    if str(pretender.says.get("iss", "")).startswith("{issuer}"):
        pretender.says = {"iss": f"{pretender.issuer}/"}
    with pytest.raises(SignInRefused) as refused:
        await signed_in(provider)
    assert refused.value.code == code


async def test_a_token_that_nobody_signed_is_refused(provider: Provider, pretender: Pretender) -> None:
    begun = Begun()
    _, claims, signature = pretender.signed(nonce=begun.nonce).split(".")
    for head in ("eyJhbGciOiJub25lIn0", "eyJhbGciOiJOb25lIiwia2lkIjoicnNhIn0", "e30", "W10", "x"):
        for signed in ("", signature):
            pretender.id_token = f"{head}.{claims}.{signed}"
            with pytest.raises(SignInRefused):
                await signed_in(provider, begun)


async def test_a_token_that_was_signed_with_the_public_key_is_refused(
    provider: Provider, pretender: Pretender
) -> None:
    begun = Begun()
    claims = pretender.signed(nonce=begun.nonce).split(".")[1]
    pretender.id_token = signed_by_a_shared_secret(claims, RSA)
    with pytest.raises(SignInRefused, match="algorithm"):
        await signed_in(provider, begun)


async def test_clocks_may_differ_by_a_minute(provider: Provider, pretender: Pretender) -> None:
    now = int(time.time())
    pretender.says = {"exp": now - 30, "iat": now + 30, "nbf": now + 30}
    assert (await signed_in(provider)).subject == "s-1"


async def test_a_code_is_worth_nothing_to_who_did_not_begin(provider: Provider) -> None:
    mine, theirs = Begun(), Begun()
    answer = await answer_of(await provider.way_there(mine))
    with pytest.raises(SignInRefused, match="state"):
        await provider.came_back(theirs, answer)
    with pytest.raises(SignInRefused, match="code_not_taken"):
        await provider.came_back(theirs, answer | {"state": theirs.state})
    assert (await provider.came_back(mine, answer)).subject == "s-1"


@pytest.mark.parametrize("state", ["", "another", "\N{PILE OF POO}"])
async def test_another_state_is_refused(state: str, provider: Provider) -> None:
    with pytest.raises(SignInRefused, match="state"):
        await signed_in(provider, state=state)


async def test_an_answer_of_another_provider_is_refused(provider: Provider, pretender: Pretender) -> None:
    with pytest.raises(SignInRefused, match="issuer_of_answer"):
        await signed_in(provider, iss="https://another.example")
    assert (await signed_in(provider, iss=pretender.issuer)).subject == "s-1"


async def test_who_always_says_who_answers_must_say_so(pretender: Pretender) -> None:
    pretender.about = {"authorization_response_iss_parameter_supported": True}
    with pytest.raises(SignInRefused, match="issuer_of_answer"):
        await signed_in(Provider(client_of(pretender)))


async def test_who_was_not_let_in_there_is_not_here(provider: Provider, pretender: Pretender) -> None:
    pretender.answers = {"error": "access_denied", "code": None}
    with pytest.raises(SignInRefused, match="not_signed_in_there"):
        await signed_in(provider)


async def test_new_keys_are_taken_and_old_ones_are_not(provider: Provider, pretender: Pretender) -> None:
    assert (await signed_in(provider)).subject == "s-1"
    new = RSAKey.generate_key(2048, {"kid": "new"})
    pretender.served, pretender.signs = [new], (new, "RS256")
    assert (await signed_in(provider)).subject == "s-1"
    pretender.signs = (RSA, "RS256")
    with pytest.raises(SignInRefused, match="key_not_known"):
        await signed_in(provider)


async def test_a_forged_key_id_does_not_make_us_ask_again_and_again(pretender: Pretender) -> None:
    patient = Provider(client_of(pretender), rest=60)
    pretender.head = {"kid": "forged"}
    for _ in range(5):
        with pytest.raises(SignInRefused, match="key_not_known"):
            await signed_in(patient)
    assert pretender.keys_asked == 1
    pretender.head = {}
    assert (await signed_in(patient)).subject == "s-1"


@pytest.mark.parametrize(
    ("about", "code"),
    [
        pytest.param({"issuer": "https://another.example"}, "describes_another", id="another issuer"),
        pytest.param({"authorization_endpoint": None}, "authorization_endpoint", id="no address"),
        pytest.param({"authorization_endpoint": "javascript:1"}, "authorization_endpoint", id="no web address"),
        pytest.param({"padding": "x" * 600_000}, "too_much", id="without an end"),
    ],
)
async def test_a_provider_that_describes_itself_badly(about: Any, code: str, pretender: Pretender) -> None:
    pretender.about = about
    with pytest.raises(ProviderAway, match=code):
        await Provider(client_of(pretender)).way_there(Begun())


async def test_addresses_without_tls_are_for_a_machine_on_its_own(pretender: Pretender) -> None:
    with pytest.raises(ProviderAway, match="authorization_endpoint"):
        await Provider(client_of(pretender, without_tls=False)).way_there(Begun())


async def test_a_provider_that_is_not_there_is_not_asked_at_once_again() -> None:
    nobody = Provider(Client(f"http://127.0.0.1:{free_port()}", CLIENT, BACK, without_tls=True))
    with pytest.raises(ProviderAway, match="ConnectError"):
        await nobody.way_there(Begun())
    with pytest.raises(ProviderAway, match="asked_just_now"):
        await nobody.way_there(Begun())


async def test_the_claims_that_say_who_somebody_is_can_be_chosen(pretender: Pretender) -> None:
    pretender.person |= {"oid": "o-1", "roles": ["lead"], "preferred_username": "ash@example.org"}
    chosen = client_of(pretender, subject_claim="oid", groups_claim="roles", name_claim="preferred_username")
    assert await signed_in(Provider(chosen)) == Person("o-1", "ash@example.org", frozenset({"lead"}))


async def test_an_access_token_is_taken(provider: Provider, pretender: Pretender) -> None:
    for typ in ("at+jwt", "application/at+jwt", "JWT"):
        pretender.head = {"typ": typ}
        assert (await provider.bearer(pretender.signed(aud="casework-api"))).groups == {"officers"}


@pytest.mark.parametrize(
    ("claims", "head", "code"),
    [
        pytest.param({"aud": CLIENT}, {}, "aud", id="for the client alone"),
        pytest.param({"nonce": "n"}, {}, "no_access_token", id="an ID token"),
        pytest.param({"events": {}}, {}, "no_access_token", id="a security event"),
        pytest.param({}, {"typ": "logout+jwt"}, "no_access_token", id="a sign-out"),
        pytest.param({"exp": LONG_AGO}, {}, "exp", id="expired"),
        pytest.param({"iss": "https://another.example"}, {}, "iss", id="of another issuer"),
        pytest.param({"sub": None}, {}, "sub", id="of nobody"),
        pytest.param({}, {"kid": "unknown"}, "key_not_known", id="of a key that nobody knows"),
    ],
)
async def test_what_is_no_access_token(
    claims: dict[str, Any], head: dict[str, Any], code: str, provider: Provider, pretender: Pretender
) -> None:
    pretender.head = head
    with pytest.raises(SignInRefused) as refused:
        await provider.bearer(pretender.signed(**{"aud": "casework-api"} | claims))
    assert refused.value.code == code


async def test_without_an_audience_of_ours_no_access_token_is_taken(pretender: Pretender) -> None:
    with pytest.raises(SignInRefused, match="no_access_tokens_here"):
        await Provider(client_of(pretender, api_audience=None)).bearer(pretender.signed(aud="casework-api"))


def test_nothing_secret_is_shown() -> None:
    begun = Begun()
    assert begun.secret not in repr(begun)
    assert "hidden" not in repr(Client("https://x.example", CLIENT, BACK, secret="hidden"))  # noqa: S106 - of a test
    assert "Ash" not in repr(Person("s-1", "Ash", frozenset()))
    assert len({begun.state, begun.nonce, begun.verifier, begun.challenge, begun.secret}) == 5
