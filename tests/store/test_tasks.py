"""A task says which matter of its case it is about."""

from datetime import date
from typing import Any

import pytest

from policy.facts import SYSTEM
from policy.facts.proceedings import CourtDay, Known, LegalActionTold, LegalOrderMade, LegalStage
from policy.working_days import Counted
from store import tasks
from store.sessions import Store
from tests.given import OFFICER, entry, report
from tests.policy import happenings as h
from tests.policy.test_legal_action_on_a_case import KEY, proposed
from tests.policy.warned import DAY, MONDAY, PAT
from tests.store.test_recording import recorded, registered


@pytest.mark.parametrize("hearing", [KEY, f"{KEY}-appeal"], ids=["of-the-court", "of-the-appeal"])
async def test_a_hearing_is_about_the_legal_action_that_it_belongs_to(store: Store, hearing: str) -> None:
    await registered(store)
    days = {"hearing": CourtDay(on=date(2023, 8, 7)), "appeal_hearing": CourtDay(on=date(2023, 9, 4))}
    begun = LegalActionTold(at=MONDAY, matter=KEY, known=Known())
    heard = LegalOrderMade.model_validate({"at": MONDAY + DAY, "matter": KEY, "stage": LegalStage.APPEALED} | days)
    ours = [entry(one, OFFICER) for one in (report(MONDAY, about=PAT), h.effect(MONDAY), proposed())]
    await recorded(store, [*ours, *(entry(one, SYSTEM) for one in (begun, heard))])
    async with store.reading() as db:
        owed = await tasks.owed_by(db, "officer", None, 100)
    (before,) = [one for one in owed if one.key == f"hearing-before:{hearing}:complainant"]
    assert before.matter is not None
    assert (before.matter.key, before.matter.stage) == (KEY, "in_force")


def test_what_a_task_says_begins_with_a_capital_however_it_is_owed() -> None:
    """As where its words also stand in the middle of a sentence."""
    counted = Counted(start=date(2023, 6, 5), unit="agreed", number=1)
    row: Any = dict.fromkeys(tasks.Task.model_fields, "x")
    row |= {"due": MONDAY, "counted": counted, "owed": "ask them whether it was they", "matter": None}
    task = tasks.Task.model_construct(**row | {"row": "incident-diaries", "section": "5"})
    assert task.why.startswith("Ask them whether it was they")
