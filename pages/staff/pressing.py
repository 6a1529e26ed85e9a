"""Where what somebody owes is looked at and recorded: its page, and the forms that keep it."""

from collections.abc import Sequence
from typing import Final, Protocol

from api.paging import is_procedure_ref
from api.procedures import Beside
from pages.staff.beside import EVERY, Pages
from pages.staff.recording.form import FORMS
from policy.access.file import RESTRICTION, REVIEW
from policy.deadlines import bare_key
from policy.facts.base import Role
from policy.focus_areas.file import DECISION
from policy.focus_areas.file import REVIEW as FOCUS_REVIEW
from policy.headings import heading_of_kind
from policy.own_review.file import ID as POLICY_REVIEW
from policy.permissions import Action, may, may_record

_LETTER: Final = "letter:"


class Owing(Protocol):
    @property
    def case_ref(self) -> str | None: ...
    @property
    def about(self) -> str: ...
    @property
    def key(self) -> str: ...


def page_of(task: Owing, met_by: Sequence[str] = (), place: str | None = None) -> str:
    """Of the case or what is carried on beside it, of a place or focus area, of our policy's review, or all that
    was sent to us and has no case. Of who may see a case it is the reason: the case itself may be shut to whoever
    looks at that.
    """
    if _of_access(task):
        return _reason(task)
    if task.about == POLICY_REVIEW:
        return "/policy-review"
    if beside := _beside(task, met_by):
        return f"/{beside.noun}/{task.about}"
    if bare_key(task.key) in {DECISION, FOCUS_REVIEW}:
        return f"/focus-areas/{task.about}"
    if task.case_ref:
        return f"/cases/{task.case_ref}"
    return f"/places/{task.about}" if place else "/evidence"


def presses(task: Owing, met_by: Sequence[str], role: Role, matter: str | None) -> tuple[tuple[str, str], ...]:
    """Addresses of forms, and what each records: those that the role may record."""
    if _of_access(task):
        return ((_reason(task), "Look at the reason"),) if may(role, Action.LEAD_TEAM) else ()
    beside = _beside(task, met_by)
    if not (beside or task.about == task.case_ref):
        return ()
    there = Pages(beside).forms if beside else frozenset(FORMS)
    home = page_of(task, met_by)
    return tuple(
        (f"{home}/record/{fact}{_filled(fact, task.key, matter)}", heading_of_kind(fact))
        for fact in met_by
        if fact in there and may_record(role, fact)
    )


def _filled(fact: str, key: str, matter: str | None) -> str:
    """What the form need not ask."""
    if fact.startswith("letter_") and key.startswith(_LETTER):
        return f"?key={key.removeprefix(_LETTER)}"
    return f"?matter={matter}" if matter else ""


def _of_access(task: Owing) -> bool:
    return task.key.startswith((RESTRICTION, REVIEW))


def _reason(task: Owing) -> str:
    taken = f"?taken={task.key.removeprefix(REVIEW)}" if task.key.startswith(REVIEW) else ""
    return f"/access-review/{task.about}{taken}"


def _beside(task: Owing, met_by: Sequence[str]) -> Beside | None:
    """Of which kind it is, by what keeps it."""
    if task.about == task.case_ref or not is_procedure_ref(task.about):
        return None
    return next((one for one in EVERY if any(fact in one.kind.rulebook.facts for fact in met_by)), None)
