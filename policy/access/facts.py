"""What can happen to who may see a case. (domestic-abuse and information-sharing, section 4)"""

from enum import StrEnum
from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from policy.facts.base import Fact, Name, Words


class RestrictedFor(StrEnum):
    STAFF_INVOLVED = "staff_involved"
    NEED_TO_KNOW = "need_to_know"


class AccessRestricted(Fact):
    """From now on the case is open to its officer, their cover and those `named`, in place of whoever was named
    before.
    """

    fact: Literal["access_restricted"] = "access_restricted"
    why: RestrictedFor
    named: Annotated[tuple[Name, ...], Field(min_length=1, max_length=50)]
    words: Words


class RestrictionReviewed(Fact):
    """Somebody else has looked at why it is restricted. Where they do not agree it is open again."""

    fact: Literal["restriction_reviewed"] = "restriction_reviewed"
    agreed: bool
    words: Words


class AccessOpened(Fact):
    """The restriction ends. Where there is domestic abuse, that one stays."""

    fact: Literal["access_opened"] = "access_opened"
    words: Words


class StaffAdmitted(Fact):
    """One more may see a restricted case."""

    fact: Literal["staff_admitted"] = "staff_admitted"
    who: Name
    words: Words


class AdmissionEnded(Fact):
    fact: Literal["admission_ended"] = "admission_ended"
    who: Name
    words: Words


class Connection(StrEnum):
    LIVES_THERE = "lives_there"
    KNOWS_SOMEBODY = "knows_somebody"
    INVOLVED = "involved"


class ConflictDeclared(Fact):
    """Somebody of the staff is connected with the case, whoever records it where nobody is named: from now on they
    see none of it.
    """

    fact: Literal["conflict_declared"] = "conflict_declared"
    who: Name | None = None
    why: Connection
    words: Words


class ConflictEnded(Fact):
    """They moved away, say, or it was somebody else of the same name."""

    fact: Literal["conflict_ended"] = "conflict_ended"
    who: Name
    words: Words


class EmergencyAccessTaken(Fact):
    """Somebody to whom the case is shut must see it now, and says why. It is open to them for some hours."""

    fact: Literal["emergency_access_taken"] = "emergency_access_taken"
    words: Words


class EmergencyAccessReviewed(Fact):
    """Somebody else has looked at why it was taken. Where there was no good reason it ends at once."""

    fact: Literal["emergency_access_reviewed"] = "emergency_access_reviewed"
    taken: Name
    justified: bool
    words: Words


def staff_in(fact: Fact) -> tuple[str, ...]:
    """Whom it names, by their references."""
    match fact:
        case AccessRestricted(named=named):
            return named
        case StaffAdmitted(who=who) | ConflictDeclared(who=str(who)):
            return (who,)
        case _:
            return ()


OF_ONE_PERSON = (EmergencyAccessTaken, EmergencyAccessReviewed)
"""What holds for one person on one case. Everything else holds for all cases that are joined with it, too."""

ACCESS_FACTS = (
    AccessRestricted
    | RestrictionReviewed
    | AccessOpened
    | StaffAdmitted
    | AdmissionEnded
    | ConflictDeclared
    | ConflictEnded
    | EmergencyAccessTaken
    | EmergencyAccessReviewed
)

OF_EVERYBODY: Final[dict[str, type[Fact]]] = {
    kind.model_fields["fact"].default: kind for kind in get_args(ACCESS_FACTS) if kind not in OF_ONE_PERSON
}
"""To whom a case is open for as long as nothing else is told, by the name in `fact`."""
