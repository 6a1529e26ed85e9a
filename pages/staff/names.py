"""Who of us did it or owes it, by name: pages alone turn ids into names."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from api.resources import Resources
from store import sign_ins


@dataclass(frozen=True)
class Names:
    """Of those who have signed in; whoever never has keeps their id."""

    known: Mapping[str, str]

    def __call__(self, id_: str) -> str:
        return self.known.get(id_, id_)


async def names_of(needs: Resources, ids: Collection[str | None]) -> Names:
    """All of them with one question."""
    asked = {one for one in ids if one}
    if not asked:
        return Names({})
    async with needs.everything.looking() as db:
        return Names(await sign_ins.names_of(db, asked))
