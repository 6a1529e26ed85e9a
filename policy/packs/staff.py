"""Who recorded something: by role, and members of staff by a letter that stays theirs in each pack of the case."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from policy.facts.base import Actor, Recorded, Role

_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NOT_STAFF: Final = {
    Role.RESIDENT: "somebody who told us",
    Role.SYSTEM: "Casework itself",
    Role.AGENCY: "an agency",
}


def recorders(entries: Iterable[Recorded[Any]]) -> Mapping[Actor, str]:
    """`officer A` is the first officer who recorded something: whatever is recorded later, they stay it."""
    found: dict[Actor, str] = {}
    staff: dict[Role, int] = {}
    for entry in sorted(entries, key=lambda one: one.recorded_at):
        role = entry.by.role
        if entry.by in found:
            continue
        if role not in _NOT_STAFF:
            staff[role] = staff.get(role, 0) + 1
            found[entry.by] = f"{role.value.replace('_', ' ')} {_letters(staff[role])}"
        else:
            found[entry.by] = _NOT_STAFF[role]
    return found


def _letters(number: int) -> str:
    """A to Z, and then AA."""
    rest, last = divmod(number - 1, len(_ALPHABET))
    return (_letters(rest) if rest else "") + _ALPHABET[last]
