"""Every connection to PostgreSQL is encrypted as the setting says, and speaks to nobody else. The embedded server
has no TLS itself, so a relay before it does.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from pydantic import SecretStr, ValidationError
from sqlalchemy import make_url, text

from cli.migrate import make_roles, migrate_database
from runtime.database import dsn, engine, tls
from runtime.settings import Settings
from store.away import StoreAway
from store.notices import Notices
from store.sessions import Store
from tests.certificates import Authority
from tests.keys import TEST_KEYS
from tests.tls_relay import Relay, before


@dataclass(frozen=True)
class Secured:
    relay: Relay
    plain: Settings
    ours: Authority
    foreign: Authority

    def settings(self, how: str, ca: Path | None = None, host: str = "127.0.0.1") -> Settings:
        url, owner = self.url(self.plain.database_url, host), self.url(self.plain.migration_database_url, host)
        return Settings.model_validate(
            {
                "database_url": url,
                "migration_database_url": owner,
                "database_tls": how,
                "database_tls_ca": ca,
                "token_secret": self.plain.token_secret,
                "encryption_keys": TEST_KEYS,
                "evidence_url": self.plain.evidence_url,
            }
        )

    def url(self, url: SecretStr | None, host: str) -> str:
        assert url is not None
        relayed = make_url(url.get_secret_value()).set(host=host, port=self.relay.port)
        return relayed.render_as_string(hide_password=False)


@pytest_asyncio.fixture(loop_scope="session")
async def secured(settings: Settings, tmp_path: Path) -> AsyncIterator[Secured]:
    """A PostgreSQL whose certificate is for its address alone, and is vouched for by `ours`."""
    ours, foreign = Authority(tmp_path, "ours"), Authority(tmp_path, "foreign")
    port = make_url(settings.database_url.get_secret_value()).port
    assert port is not None
    async with before(port, ours.vouches_for("127.0.0.1").serving(), postgres=True) as relay:
        yield Secured(relay, settings, ours, foreign)


async def asked(wanted: Settings) -> int:
    database = engine(wanted)
    try:
        async with Store(database).reading() as db:
            return int((await db.connection.execute(text("SELECT 7"))).scalar_one())
    finally:
        await database.dispose()


async def test_it_speaks_to_a_server_that_our_own_authority_vouches_for(secured: Secured) -> None:
    assert await asked(secured.settings("verify-full", secured.ours.file)) == 7
    assert (secured.relay.encrypted, secured.relay.plain) == (1, 0)


async def test_it_is_encrypted_where_the_server_can_and_in_the_clear_only_where_that_is_wanted(
    secured: Secured,
) -> None:
    assert await asked(secured.settings("prefer")) == 7
    assert (secured.relay.encrypted, secured.relay.plain) == (1, 0)
    assert await asked(secured.settings("disable")) == 7
    assert (secured.relay.encrypted, secured.relay.plain) == (1, 1)


async def test_a_foreign_certificate_or_one_of_another_name_is_refused(secured: Secured) -> None:
    for ca, host in (
        (secured.foreign.file, "127.0.0.1"),
        (None, "127.0.0.1"),
        (secured.ours.file, "localhost"),
    ):
        with pytest.raises(StoreAway, match="SSLCertVerificationError"):
            await asked(secured.settings("verify-full", ca, host))
    assert (secured.relay.encrypted, secured.relay.plain) == (0, 0)


async def test_a_server_without_tls_is_refused(secured: Secured) -> None:
    wanted = secured.settings("verify-full", secured.ours.file)
    with pytest.raises(StoreAway):
        await asked(wanted.model_copy(update={"database_url": secured.plain.database_url}))


async def test_notices_obey_too(secured: Secured) -> None:
    right = secured.settings("verify-full", secured.ours.file)
    wrong = secured.settings("verify-full", secured.foreign.file)
    url = dsn(right.database_url.get_secret_value())
    async with Notices(url, tls(wrong)).listening():
        await asyncio.sleep(0.3)
    assert (secured.relay.encrypted, secured.relay.plain) == (0, 0)
    async with Notices(url, tls(right)).listening(), asyncio.timeout(10):
        while not secured.relay.encrypted:
            await asyncio.sleep(0.02)
    assert secured.relay.plain == 0


async def test_migrations_obey_too(secured: Secured) -> None:
    right = secured.settings("verify-full", secured.ours.file)
    wrong = secured.settings("verify-full", secured.foreign.file)
    assert right.migration_database_url is not None
    owner, url = right.migration_database_url.get_secret_value(), right.database_url.get_secret_value()
    with pytest.raises(ssl.SSLCertVerificationError):
        await asyncio.to_thread(migrate_database, owner, tls(wrong))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await make_roles(owner, url, encrypted=tls(wrong))
    assert (secured.relay.encrypted, secured.relay.plain) == (0, 0)
    await asyncio.to_thread(migrate_database, owner, tls(right))
    await make_roles(owner, url, encrypted=tls(right))
    assert (secured.relay.encrypted, secured.relay.plain) == (3, 0), "one keeps others from migrating meanwhile"


@pytest.mark.parametrize("more", ["?ssl=disable", "?sslmode=disable", "?a=b&sslrootcert=x"])
def test_the_url_says_nothing_of_tls_that_the_setting_might_contradict(more: str) -> None:
    told = {"token_secret": "a-secret-that-is-only-for-tests-000", "encryption_keys": TEST_KEYS}
    with pytest.raises(ValidationError, match="CASEWORK_DATABASE_TLS says how"):
        Settings.model_validate(told | {"database_url": f"postgresql+asyncpg://u:hidden@x/x{more}"})
