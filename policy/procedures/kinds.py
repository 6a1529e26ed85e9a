"""Every kind of procedure beside a case, by the name that begins its matter's key and its workflow's id."""

from collections.abc import Mapping
from typing import Any, Final

from policy.legal_action.procedure import LEGAL_ACTION
from policy.rulebook import Rulebook

KINDS: Final[Mapping[str, Rulebook[Any, Any]]] = {kind.name: kind for kind in (LEGAL_ACTION,)}


def kind_of(matter: str) -> Rulebook[Any, Any] | None:
    """Of the matter with that key; None where it is not carried on beside its case."""
    return KINDS.get(matter.rpartition("-")[0])
