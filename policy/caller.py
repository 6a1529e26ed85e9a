"""Who is calling, and how the groups that an organisation keeps its staff in make a role and teams of them."""

from typing import Final

from policy.facts.base import Actor, Role
from policy.frozen import Frozen

STAFF_ROLES: Final = tuple(role for role in Role if role not in {Role.RESIDENT, Role.AGENCY, Role.SYSTEM})
"""Who signs in, or calls with a token. The others report, answer by a private link, or are Casework itself."""


class Caller(Frozen):
    """`id` is a reference, never a name."""

    id: str
    role: Role
    teams: frozenset[str] = frozenset()

    @property
    def actor(self) -> Actor:
        return Actor(id=self.id, role=self.role)


class Groups(Frozen):
    """Which groups give which role and which teams. Of several roles the first in this order counts."""

    roles: dict[Role, frozenset[str]]
    teams: dict[str, frozenset[str]]

    def caller(self, subject: str, groups: frozenset[str]) -> Caller | None:
        """None for somebody to whom no group gives a role."""
        role = next((role for role, giving in self.roles.items() if giving & groups), None)
        if role is None:
            return None
        teams = frozenset(team for team, giving in self.teams.items() if giving & groups)
        return Caller(id=subject, role=role, teams=teams)
