"""No referral goes that the register of disclosures does not know."""

import pytest
from sqlalchemy import text

from store.sessions import Store
from tests.activities.refers import MakeRefer, sent, to_a_system
from tests.gateways.webhook_receiver import Agency, receiving


async def test_what_is_not_in_the_register_of_disclosures_does_not_go(refer: MakeRefer, store: Store) -> None:
    order = await to_a_system(store)
    async with store.writing() as db:
        await db.connection.execute(text("DELETE FROM disclosures"))
    agency = Agency()
    async with receiving(agency) as system:
        with pytest.raises(LookupError, match="register of disclosures"):
            await sent(refer(system=system), order)
    assert agency.taken == {}
