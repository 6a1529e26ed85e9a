"""`casework run`: a referral by e-mail reaches the mailbox, and nobody outside."""

from pathlib import Path

from pydantic import SecretStr

from cli.run import practice_addresses
from policy.editions.agencies import AgencyChannel
from runtime.settings import Settings
from tests.given import EDITION


def test_each_agency_that_is_written_to_has_an_address_that_nobody_has(tmp_path: Path) -> None:
    at_hand, by_mail = (AgencyChannel.HAND, AgencyChannel.MAIL)
    odd = EDITION.agency("police")
    assert odd is not None
    odd = odd.model_copy(update={"name": 'The children\'s "team" # 7', "channel": by_mail})
    edition = EDITION.model_copy(update={"agencies": (*EDITION.agencies[1:], odd)})
    kept = tmp_path / "local.env"
    kept.write_text(f"CASEWORK_AGENCIES='{practice_addresses(edition)}'\n")
    secret = SecretStr("x" * 40)
    read = Settings(_env_file=kept, database_url=SecretStr("postgresql+asyncpg://x"), token_secret=secret).agencies
    assert read["police"].name == odd.name
    assert read.keys() == {one.key for one in edition.agencies if one.channel is by_mail}
    assert all(str(one.email).endswith("@agencies.example") for one in read.values())
    assert any(one.channel is at_hand for one in edition.agencies)
