"""Ends every sign-in of a person, by those who run Casework."""

from runtime.database import engine
from runtime.settings import Settings
from store import sign_ins
from store.sessions import Store


async def sign_out(wanted: Settings, subject: str) -> int:
    """How many sign-ins ended. Raises StoreAway."""
    database = engine(wanted)
    try:
        async with Store(database).writing() as db:
            return await sign_ins.end_all(db, subject)
    finally:
        await database.dispose()
