"""review-meetings: what is missed beside a case goes to whoever stands above, once, until it is done."""

from collections.abc import Callable
from typing import Any

import pytest

from policy.case_review.procedure import CASE_REVIEW
from policy.deadlines import Deadline
from policy.facts import SYSTEM
from policy.facts.ruling import DeadlineMissed
from policy.ledger import lines
from policy.legal_action.procedure import LEGAL_ACTION
from policy.procedures.base import ProcedureFile
from policy.referral.procedure import REFERRAL
from policy.rulebook import Rulebook
from tests.policy.case_review import reviewing
from tests.policy.legal_action import acting
from tests.policy.referral import referring

Begun = Callable[[], ProcedureFile]

ALL = [
    (LEGAL_ACTION, lambda: acting.told(acting.empty(), acting.proposed()), acting.REVIEWED, acting.SUPERVISOR),
    (
        REFERRAL,
        lambda: referring.told(referring.empty(), referring.begun()),
        referring.HANDED_OVER,
        reviewing.OFFICER,
    ),
    (
        CASE_REVIEW,
        lambda: reviewing.told(reviewing.empty(), reviewing.asked()),
        reviewing.ACKNOWLEDGED,
        reviewing.SUPERVISOR,
    ),
]


@pytest.mark.parametrize(("kind", "begun", "does_it", "by"), ALL, ids=["legal-action", "referral", "case-review"])
def test_each_miss_is_owed_above_from_then_on_and_by_nobody_once_it_is_done(
    kind: Rulebook[Any, Any], begun: Begun, does_it: Any, by: Any
) -> None:
    file = begun()
    first = kind.deadlines(file)[0]
    open_ones = {_occurrence(one) for one in kind.deadlines(file)}
    key = first.key
    while (missed := {one.key: one for one in kind.deadlines(file)}.get(key)) is not None:
        fact = DeadlineMissed(at=missed.due, key=key, row=missed.row, due=missed.due)
        file = _recorded(kind, file, fact, missed.due, SYSTEM, open_ones)
        assert {one.key: one.since for one in kind.deadlines(file)} == {
            name: clock.since for name, clock in file.clocks.items()
        }
        key = f"escalation:{key}"
    assert key.count("escalation:") > 1, "it goes to the supervisor at least"
    at = max(clock.due for clock in file.clocks.values())
    file = _recorded(kind, file, does_it.model_copy(update={"at": at}), at, by, open_ones)
    assert not [one for one in open_ones if first.key in one[0]]


def _recorded(  # noqa: PLR0913, PLR0917 - a fact, its moment and its ledger
    kind: Rulebook[Any, Any], file: Any, fact: Any, at: Any, by: Any, open_ones: set[tuple[str, int]]
) -> Any:
    """With the ledger turned, each line by its key and `since`."""
    entry = kind.entry.model_validate({"id": f"fact-{file.seq + 1}", "by": by, "recorded_at": at, "fact": fact})
    kind.check(file, entry)
    after = kind.after(file, entry)
    for line in lines(kind.deadlines(file), kind.deadlines(after), entry):
        if line.ended is not None:
            open_ones.remove(_occurrence(line.deadline))
        elif line.noticed_at is None:
            open_ones.add(_occurrence(line.deadline))
    return after


def _occurrence(deadline: Deadline) -> tuple[str, int]:
    return deadline.key, deadline.since
