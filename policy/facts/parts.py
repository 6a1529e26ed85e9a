"""Who takes part in a case: joins it, becomes known, leaves it. Codes and ids; who they are is kept elsewhere."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from policy.facts.base import Fact, Name, Words, shaped
from policy.facts.people import Standing
from policy.frozen import Frozen

PersonId = Annotated[
    str,
    shaped(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "a person's id: a UUID in small letters"),
    Field(json_schema_extra={"format": "uuid", "maxLength": 36}),
]


class Part(StrEnum):
    COMPLAINANT = "complainant"
    VICTIM = "victim"
    WITNESS = "witness"
    PERPETRATOR = "perpetrator"
    HOUSEHOLD_MEMBER = "household_member"
    ADVOCATE = "advocate"
    OTHER = "other"


PartKey = Annotated[
    Name,
    shaped(rf"({'|'.join(Part)})(-[1-9][0-9]{{0,2}})?", "a part and a number, such as perpetrator-2"),
    Field(examples=["perpetrator-2"]),
]
"""What somebody is called on a case. Never a name."""


class ConsentGiver(StrEnum):
    """Who agreed that an advocate acts for somebody."""

    THE_PERSON = "the_person"
    PARENT_OR_GUARDIAN = "parent_or_guardian"
    ATTORNEY_OR_DEPUTY = "attorney_or_deputy"


class Earlier(Frozen):
    """In how many other cases of the edition's period somebody was affected or complained about; `household`
    counts cases of those they live with as well. Counted by us when they are put on the case.
    """

    as_victim: int = 0
    as_perpetrator: int = 0
    household_as_victim: int = 0
    household_as_perpetrator: int = 0


class PersonJoined(Fact):
    """Somebody is on the case, known (`person`) or not. An advocate `acts_for` somebody on the case, who agreed.
    `earlier` is ours to say.
    """

    fact: Literal["person_joined"] = "person_joined"
    key: PartKey
    part: Part
    person: PersonId | None = None
    standing: Standing = Standing.UNKNOWN
    minor: bool = False
    acts_for: PartKey | None = None
    consent_given_by: ConsentGiver | None = None
    words: Words | None = None
    earlier: Earlier | None = None


class PersonIdentified(Fact):
    """Somebody on the case is this person: an unknown one became known, or a mistake is put right."""

    fact: Literal["person_identified"] = "person_identified"
    key: PartKey
    person: PersonId
    standing: Standing | None = None
    minor: bool | None = None
    words: Words | None = None
    earlier: Earlier | None = None


class Leaving(StrEnum):
    MOVED_AWAY = "moved_away"
    DIED = "died"
    NO_LONGER_INVOLVED = "no_longer_involved"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    BY_MISTAKE = "by_mistake"
    NOT_FOUND = "not_found"
    """Nobody could find out who they are."""


class PersonLeft(Fact):
    """Somebody is no longer on the case. Who was put there by mistake never was."""

    fact: Literal["person_left"] = "person_left"
    key: PartKey
    why: Leaving
    words: Words | None = None


Facts = PersonJoined | PersonIdentified | PersonLeft
