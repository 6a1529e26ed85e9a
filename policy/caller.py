"""Who is calling, as permissions see them."""

from policy.facts.base import Actor, Role
from policy.frozen import Frozen


class Caller(Frozen):
    """`teams` are those whose cases are theirs to look after."""

    id: str
    role: Role
    teams: frozenset[str] = frozenset()

    @property
    def actor(self) -> Actor:
        """As what they record carries them."""
        return Actor(id=self.id, role=self.role)
