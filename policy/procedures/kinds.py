"""Every kind of procedure, by the name that begins its matter's key and its workflow's id."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from policy.case_review import duties as case_review
from policy.case_review.deadlines import KEYS as REVIEW_KEYS
from policy.case_review.facts import CaseReviewAsked
from policy.case_review.procedure import CASE_REVIEW
from policy.case_review.stages import STAGES as REVIEW_STAGES
from policy.case_review.stages import whenever
from policy.facts.base import Fact, Role
from policy.legal_action import duties as legal_action
from policy.legal_action.deadlines import KEYS as LEGAL_KEYS
from policy.legal_action.procedure import LEGAL_ACTION
from policy.legal_action.stages import STAGES as LEGAL_STAGES
from policy.permissions import may_record
from policy.procedures.base import ProcedureFile, Stage
from policy.referral import duties as referral
from policy.referral.procedure import REFERRAL
from policy.referral.stages import KEYS as REFERRAL_KEYS
from policy.referral.stages import STAGES as REFERRAL_STAGES
from policy.rulebook import Rulebook


@dataclass(frozen=True)
class Kind:
    """`keys` are what its deadlines may be called, `duties` what the system must do, `done` the fact that is
    recorded of each when all goes well. What `whenever` names may be recorded at any stage. One that no case
    begins is `asked` for, with that fact.
    """

    rulebook: Rulebook[Any, Any]
    stages: Mapping[Any, Stage]
    keys: frozenset[str]
    duties: Callable[[Any], Sequence[Any]]
    done: Callable[[Any, datetime], Fact]
    whenever: Callable[[Any], Collection[type[Fact]]] = lambda _: ()
    asked: type[Fact] | None = None

    @property
    def name(self) -> str:
        return self.rulebook.name

    @property
    def called(self) -> str:
        return self.name.replace("-", " ")

    def offered(self, file: ProcedureFile, role: Role) -> list[str]:
        """The facts that this role may record at the stage that it is at."""
        if (stage := self.stages.get(file.stage)) is None:
            return []
        taken = {
            name
            for name, kind in self.rulebook.facts.items()
            if stage.takes(kind, role) or kind in self.whenever(file)
        }
        return [name for name in self.rulebook.facts if name in taken and may_record(role, name)]


KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind(
            LEGAL_ACTION,
            LEGAL_STAGES,
            LEGAL_KEYS,
            legal_action.duties,
            lambda duty, at: legal_action.came_of(duty, at, reached=True),
        ),
        Kind(REFERRAL, REFERRAL_STAGES, REFERRAL_KEYS, referral.duties, referral.all_went_well),
        Kind(
            CASE_REVIEW,
            REVIEW_STAGES,
            REVIEW_KEYS,
            case_review.duties,
            lambda duty, at: case_review.came_of(duty, at, reached=True),
            whenever,
            CaseReviewAsked,
        ),
    )
}
