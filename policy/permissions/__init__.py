"""Who may do what. Two tables: what each role may record, and what it may do by how a case concerns the caller.
The doors ask them, the database keeps to them for what may be read, and the policy's rules assume them.
"""

from typing import Final

from policy.facts.base import Role
from policy.permissions.actions import ABOUT_A_CASE, MAY, Action, Relation
from policy.permissions.beside import (
    MAY_RECORD_BESIDE,
    MAY_RECORD_BY_LINK,
    MAY_RECORD_IN_CASE_REVIEW,
    MAY_RECORD_IN_LEGAL_ACTION,
    MAY_RECORD_IN_REFERRAL,
)
from policy.permissions.on_cases import ALSO_IN_AN_EMERGENCY, MAY_RECORD

_MAY: Final = (
    MAY_RECORD
    | MAY_RECORD_BESIDE
    | MAY_RECORD_IN_LEGAL_ACTION
    | MAY_RECORD_IN_REFERRAL
    | MAY_RECORD_IN_CASE_REVIEW
)

RECORDED_BY_THE_SYSTEM: Final = frozenset(name for name, who in _MAY.items() if who == frozenset({Role.SYSTEM}))
"""And by nobody else."""


def may_record(role: Role, fact: str) -> bool:
    """False for a fact that no table knows."""
    return any(role in table.get(fact, frozenset()) for table in (_MAY, MAY_RECORD_BY_LINK))


def relations(role: Role, action: Action) -> frozenset[Relation]:
    """On which cases this role may do it, by how they concern the caller; `NO_CASE` for what is about none."""
    return MAY[action].get(role, frozenset())


def also_in(relation: Relation | None, fact: str) -> bool:
    """Whether a fact that the role may record may be recorded where the case concerns them so."""
    return relation is not Relation.EMERGENCY or fact in ALSO_IN_AN_EMERGENCY


def may(role: Role, action: Action, relation: Relation = Relation.NO_CASE) -> bool:
    return relation in relations(role, action)


__all__ = [
    "ABOUT_A_CASE",
    "MAY",
    "MAY_RECORD",
    "MAY_RECORD_BESIDE",
    "MAY_RECORD_BY_LINK",
    "MAY_RECORD_IN_CASE_REVIEW",
    "MAY_RECORD_IN_LEGAL_ACTION",
    "MAY_RECORD_IN_REFERRAL",
    "RECORDED_BY_THE_SYSTEM",
    "Action",
    "Relation",
    "also_in",
    "may",
    "may_record",
    "relations",
]
