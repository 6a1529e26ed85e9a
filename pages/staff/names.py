"""Who of us did it or owes it, by name: pages alone turn ids into names."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from api.resources import Resources
from store import sign_ins


@dataclass(frozen=True)
class Names:
    """Of those who have signed in; whoever never has keeps their id. `left` are those who do not work here now."""

    known: Mapping[str, str]
    left: frozenset[str] = frozenset()

    def __call__(self, id_: str) -> str:
        return self.known.get(id_, id_)

    def whose(self, id_: str) -> str:
        """As it stands where a case is theirs: those who lead see that nobody sees to it."""
        return f"{self(id_)} (has left)" if id_ in self.left else self(id_)


async def names_of(needs: Resources, ids: Collection[str | None]) -> Names:
    """All of them with one question."""
    asked = {one for one in ids if one}
    if not asked:
        return Names({})
    async with needs.everything.looking() as db:
        found = await sign_ins.known(db, asked)
    left = frozenset(one.subject for one in found if one.has_left(needs.settings.groups))
    return Names({one.subject: one.name for one in found if one.name is not None}, left)
