"""Every kind of procedure, by the name that begins its matter's key and its workflow's id."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from policy.case_review import duties as case_review
from policy.case_review.deadlines import KEYS as REVIEW_KEYS
from policy.case_review.facts import CaseReviewAsked
from policy.case_review.procedure import CASE_REVIEW
from policy.case_review.rules import may_be_recorded as may_be_recorded_in_review
from policy.case_review.stages import STAGES as REVIEW_STAGES
from policy.editions import Edition, of
from policy.facts.base import Actor, Fact
from policy.legal_action import duties as legal_action
from policy.legal_action.deadlines import KEYS as LEGAL_KEYS
from policy.legal_action.procedure import LEGAL_ACTION
from policy.legal_action.rules import may_be_recorded as may_be_recorded_in_legal_action
from policy.legal_action.stages import STAGES as LEGAL_STAGES
from policy.permissions import may_record
from policy.procedures.base import ProcedureFile, Stage
from policy.referral import duties as referral
from policy.referral.procedure import REFERRAL
from policy.referral.rules import may_be_recorded as may_be_recorded_in_referral
from policy.referral.stages import KEYS as REFERRAL_KEYS
from policy.referral.stages import STAGES as REFERRAL_STAGES
from policy.refusals import Refusal, Refused
from policy.rulebook import Rulebook
from policy.standing import Action


@dataclass(frozen=True)
class Kind:
    """`keys` are what its deadlines may be called, `duties` what the system must do, `done` the fact that is
    recorded of each when all goes well, `may_be_recorded` what must hold whatever a kind of fact says. One that no
    case begins is `asked` for, with that fact.
    """

    rulebook: Rulebook[Any, Any]
    stages: Mapping[Any, Stage]
    may_be_recorded: Callable[[Any, type[Fact], Actor, Edition], None]
    keys: frozenset[str]
    duties: Callable[[Any], Sequence[Any]]
    done: Callable[[Any, datetime], Fact]
    asked: type[Fact] | None = None

    @property
    def name(self) -> str:
        return self.rulebook.name

    @property
    def called(self) -> str:
        return self.name.replace("-", " ")

    def actions(self, file: ProcedureFile, by: Actor) -> tuple[Action, ...]:
        """What this person's role may record, each allowed now to them or refused with the reason."""
        return tuple(
            Action(fact=name, refusal=self._refusal_now(file, kind, by))
            for name, kind in self.rulebook.facts.items()
            if may_record(by.role, name)
        )

    def _refusal_now(self, file: ProcedureFile, kind: type[Fact], by: Actor) -> Refusal | None:
        try:
            self.may_be_recorded(file, kind, by, of(file.edition))
        except Refused as refused:
            return refused.refusal
        return None

    def offered(self, file: ProcedureFile, by: Actor) -> list[str]:
        """Those that are allowed."""
        return [action.fact for action in self.actions(file, by) if action.refusal is None]


KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind(
            LEGAL_ACTION,
            LEGAL_STAGES,
            may_be_recorded_in_legal_action,
            LEGAL_KEYS,
            legal_action.duties,
            lambda duty, at: legal_action.came_of(duty, at, reached=True),
        ),
        Kind(
            REFERRAL,
            REFERRAL_STAGES,
            may_be_recorded_in_referral,
            REFERRAL_KEYS,
            referral.duties,
            referral.all_went_well,
        ),
        Kind(
            CASE_REVIEW,
            REVIEW_STAGES,
            may_be_recorded_in_review,
            REVIEW_KEYS,
            case_review.duties,
            lambda duty, at: case_review.came_of(duty, at, reached=True),
            CaseReviewAsked,
        ),
    )
}
