"""Ends every sign-in of a person, and the address of their calendar, and says that they have left: by those who
run Casework.
"""

from datetime import UTC, datetime

from runtime.database import engine
from runtime.settings import Settings
from store import calendar_addresses, sign_ins
from store.sessions import Store


async def sign_out(wanted: Settings, subject: str) -> int:
    """How many sign-ins ended. Raises StoreAway."""
    database = engine(wanted)
    try:
        async with Store(database).writing() as db:
            await calendar_addresses.revoke(db, subject, datetime.now(UTC))
            return await sign_ins.end_all(db, subject)
    finally:
        await database.dispose()


async def has_left(wanted: Settings, subject: str) -> bool:
    """Also signs them out. False for somebody who never signed in. Raises StoreAway."""
    database = engine(wanted)
    try:
        async with Store(database).writing() as db:
            now = datetime.now(UTC)
            await calendar_addresses.revoke(db, subject, now)
            await sign_ins.end_all(db, subject)
            return await sign_ins.leave(db, subject, now)
    finally:
        await database.dispose()
