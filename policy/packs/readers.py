"""For whom a pack is made, who may ask for it, and what allows it. (case-pack)"""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from policy.case_file import CaseFile
from policy.facts.base import Line, Role
from policy.facts.parts import PartKey
from policy.frozen import Frozen
from policy.refusals.packs import NothingAllowsThePack, NotOnTheCaseOfThePack, PackNotForThem

KEPT: Final = timedelta(days=30)
"""From when it was asked for: a copy of what is there, made again at any time. (our reading)"""


class Reader(StrEnum):
    COURT = "court"
    OMBUDSMAN = "ombudsman"
    SUBJECT = "subject"
    """Somebody on the case, who asks what we hold about them."""


class PackGround(StrEnum):
    COURT_ORDER = "court_order"
    LEGAL_CLAIM = "legal_claim"
    OMBUDSMAN_INVESTIGATION = "ombudsman_investigation"
    RIGHT_OF_ACCESS = "right_of_access"


CALLED: Final = {
    Reader.COURT: "A court",
    Reader.OMBUDSMAN: "The Housing Ombudsman",
    Reader.SUBJECT: "Somebody who asks what we hold about them",
}
LAW: Final = {
    PackGround.COURT_ORDER: "A court ordered it (Data Protection Act 2018, Sch. 2 para. 5(2))",
    PackGround.LEGAL_CLAIM: "It is needed for a legal claim (Data Protection Act 2018, Sch. 2 para. 5(3))",
    PackGround.OMBUDSMAN_INVESTIGATION: "The Ombudsman looks into a complaint (Housing Act 1996, Sch. 2)",
    PackGround.RIGHT_OF_ACCESS: "They have a right to what we hold about them (UK GDPR art. 15)",
}
GROUNDS: Final = {
    Reader.COURT: frozenset({PackGround.COURT_ORDER, PackGround.LEGAL_CLAIM}),
    Reader.OMBUDSMAN: frozenset({PackGround.OMBUDSMAN_INVESTIGATION}),
    Reader.SUBJECT: frozenset({PackGround.RIGHT_OF_ACCESS}),
}
_LEADING: Final = frozenset({Role.COMMUNITY_SAFETY, Role.SUPERVISOR, Role.MANAGER})
MADE_BY: Final = {
    Reader.COURT: _LEADING | {Role.SOLICITOR},
    Reader.OMBUDSMAN: _LEADING,
    Reader.SUBJECT: frozenset({Role.DATA_PROTECTION}),
}
"""Our reading: who answers a court, the Ombudsman, and somebody's request."""


class PackAsked(Frozen):
    """`about` is who asks what we hold about them, by their key on the case. `as_of` is the last entry that
    counts, the newest where it is left out.
    """

    reader: Reader
    ground: PackGround
    purpose: Line
    about: PartKey | None = None
    as_of: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None

    @model_validator(mode="after")
    def _about_somebody(self) -> Self:
        if (self.about is not None) is not (self.reader is Reader.SUBJECT):
            raise ValueError("a pack for a subject, and no other, says whom it is about")
        return self


def check(asked: PackAsked, role: Role) -> None:
    """Raises PackNotForThem and NothingAllowsThePack."""
    for_them(asked.reader, role)
    if asked.ground not in GROUNDS[asked.reader]:
        allowed = "; ".join(f"{one} ({LAW[one]})" for one in sorted(GROUNDS[asked.reader]))
        raise NothingAllowsThePack(f"Say what allows this pack: {allowed}.", missing=("what allows it",))


def check_about(asked: PackAsked, file: CaseFile) -> None:
    """Raises NotOnTheCaseOfThePack."""
    if asked.about is not None and asked.about not in file.people:
        raise NotOnTheCaseOfThePack(
            "There is nobody on the case who is called so. Say whom the pack is about as the case calls them."
        )


def for_them(reader: Reader, role: Role) -> None:
    """Raises PackNotForThem."""
    if role not in MADE_BY[reader]:
        who = (
            "the data protection officer"
            if reader is Reader.SUBJECT
            else "whoever leads the case or its court work"
        )
        raise PackNotForThem(f"A pack for this reader is for {who}.")
