"""What the routes for places and for prevention work share."""

from typing import Annotated, Any, Union

from pydantic import Field

from api.identity import forbidden
from api.problems import not_a_fact
from policy.facts import Fact, Role
from policy.frozen import Frozen
from policy.permissions import may_record

Kinds = dict[str, type[Fact]]


class JournalRecorded(Frozen):
    """`id` is what the fact is about, `seq` its place in that history."""

    id: str
    seq: int
    fact_id: str


def named(*kinds: type[Fact]) -> Kinds:
    return {kind.model_fields["fact"].default: kind for kind in kinds}


def one_of(kinds: Kinds) -> Any:  # noqa: ANN401 - a union is no type
    return Annotated[Union[tuple(kinds.values())], Field(discriminator="fact")]  # noqa: UP007 - made from a table


def may(role: Role, body: dict[str, Any], kinds: Kinds) -> None:
    """Raises 403, and 422 for what cannot be recorded here."""
    name = body.get("fact")
    if not isinstance(name, str) or name not in kinds:
        raise not_a_fact(name, sorted(kinds))
    if not may_record(role, name):
        raise forbidden(f'Recording "{name.replace("_", " ")}" is not for the role {role}.')
