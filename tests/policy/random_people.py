"""Who comes to a random case, becomes known and leaves it, sensible or not."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from policy.case_file import CaseFile
from policy.facts import CaseFact
from policy.facts.parts import ConsentGiver, Earlier, Leaving, Part, PersonIdentified, PersonJoined, PersonLeft
from tests.policy import happenings as h

PERSONS: Final = tuple(f"5f0c4f3e-8f0e-4c8e-9a51-00000000000{n}" for n in range(3))


def newcomer(at: datetime, file: CaseFile, pick: int) -> PersonJoined:
    part = list(Part)[pick % 7]
    acting = part is Part.ADVOCATE or pick % 11 == 0
    return h.taken_on(
        at,
        "victim" if pick % 5 == 0 else f"{part}-{pick % 3 + 1}",
        part,
        person=(*PERSONS, None)[pick % 4],
        minor=pick % 6 == 0,
        acts_for=key_on_case(file, pick) if acting else None,
        consent_given_by=list(ConsentGiver)[pick % 3] if acting and pick % 4 else None,
        earlier=Earlier(as_victim=pick % 2, as_perpetrator=pick % 3),
    )


def key_on_case(file: CaseFile, pick: int) -> str:
    return list(file.people)[pick % len(file.people)] if pick % 8 and file.people else "other-9"


def known(at: datetime, file: CaseFile, pick: int) -> PersonIdentified:
    return h.identified(at, key_on_case(file, pick), PERSONS[pick % 3], Earlier(as_victim=pick % 2))


def gone(at: datetime, file: CaseFile, pick: int) -> PersonLeft:
    return h.left(at, key_on_case(file, pick), list(Leaving)[pick % len(Leaving)])


BUILDERS: Final[dict[str, Callable[[CaseFile, datetime, int], CaseFact]]] = {
    "person_joined": lambda file, at, pick: newcomer(at, file, pick),
    "person_identified": lambda file, at, pick: known(at, file, pick),
    "person_left": lambda file, at, pick: gone(at, file, pick),
}


def sensible(kind: str, file: CaseFile, at: datetime) -> list[CaseFact]:
    """What an officer would record in earnest of each person on the case, or of one more."""
    if kind == "person_left":
        return [h.left(at, key) for key in file.present if key != "complainant"]
    if kind == "person_identified":
        return [h.identified(at, key, f"5f0c4f3e-8f0e-4c8e-9a51-{file.seq:012d}") for key in file.present]
    free = next(n for n in range(1, 1000) if f"witness-{n}" not in file.people)
    return [h.taken_on(at, f"witness-{free}", Part.WITNESS)]
