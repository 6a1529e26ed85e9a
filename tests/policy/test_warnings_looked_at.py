"""formal-warnings, ground-7a: what was looked at goes on counting, and nobody owes anything for it."""

from datetime import date, timedelta

import pytest

from policy.case_file import CaseFile
from policy.facts import SYSTEM
from policy.facts import promising as p
from policy.facts.auditing import PatternName
from policy.facts.closing import Closing
from policy.facts.parts import Leaving, Part
from policy.legal_action.windows import Ground
from policy.refusals import CaseIsClosed
from policy.rules.closing_requirements import open_matters
from policy.standing import standing
from tests.given import EDITION, SUPERVISOR, assessed, contact, entry, report
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.nights import nights_of, played
from tests.policy.warned import (
    MONDAY,
    WEEKLY,
    agreed,
    appeal_ended,
    appealed,
    letter,
    notice,
    proven,
    reviewed,
    served,
    taken_back,
    to_be_warned,
    told_so,
    warned_by_post,
)

DAY = timedelta(days=1)
LOOKED_AT = MONDAY + 9 * DAY


def looked_at(*, heeded: bool = False) -> CaseFile:
    return recorded(warned_by_post(), reviewed(LOOKED_AT, "warning-3", heeded=heeded))


def notice_looked_at() -> CaseFile:
    """On ground 7A."""
    told = {"very_serious": "A court has found it.", "tenancy": WEEKLY, "proven": proven(MONDAY.date())}
    file = to_be_warned(notice(MONDAY, Ground.GROUND_7A, **told))
    file = recorded(file, agreed(MONDAY, "notice-3"), by=SUPERVISOR)
    return recorded(file, served(MONDAY, "notice-3"), reviewed(LOOKED_AT, "notice-3"))


def test_a_notice_that_was_looked_at_is_still_held_up_by_an_appeal() -> None:
    file = recorded(notice_looked_at(), appealed(LOOKED_AT, "notice-3"))
    (now,) = standing(file, EDITION).warnings
    assert (now.heeded, now.counts_from) == (False, None)
    file = recorded(file, appeal_ended(LOOKED_AT + DAY, "notice-3", LOOKED_AT.date()))
    (now,) = standing(file, EDITION).warnings
    assert now.counts_from == date(2023, 7, 9)
    assert "notice-3" not in owed(file)


def test_what_was_looked_at_can_still_be_taken_back_and_they_are_told() -> None:
    for file, key in ((looked_at(), "warning-3"), (notice_looked_at(), "notice-3")):
        back = recorded(file, taken_back(LOOKED_AT, key))
        assert back.warnings == {}
        assert owed(back)[key].stage == "taken-back"
        assert key not in owed(recorded(back, told_so(LOOKED_AT, key)))


def test_so_can_what_was_given_to_somebody_by_mistake() -> None:
    gone = recorded(looked_at(), h.left(LOOKED_AT, "perpetrator-1", Leaving.BY_MISTAKE))
    assert owed(recorded(gone, taken_back(LOOKED_AT, "warning-3")))["warning-3"].stage == "taken-back"


def test_what_was_heeded_at_first_and_then_no_longer_was_is_looked_at_again() -> None:
    file = recorded(looked_at(heeded=True), reviewed(LOOKED_AT + DAY, "warning-3"))
    assert (file.warnings["warning-3"].heeded, "warning-3" in owed(file)) == (False, False)


def test_for_what_was_looked_at_nobody_owes_anything_and_it_keeps_no_case_open() -> None:
    for file, key in ((looked_at(), "warning-3"), (notice_looked_at(), "notice-3")):
        assert key not in owed(file)
        assert list(open_matters(file)) == []


def test_it_ends_with_its_case() -> None:
    file = recorded(looked_at(), h.sent(MONDAY, "acknowledgement"), contact(LOOKED_AT), assessed(LOOKED_AT))
    file = recorded(file, h.closed(LOOKED_AT, Closing.DEALT_WITH))
    assert not file.matters
    with pytest.raises(CaseIsClosed):
        recorded(file, taken_back(LOOKED_AT, "warning-3"))
    assert recorded(file, h.sent(LOOKED_AT, "closing-note")).finished


def test_what_is_taken_back_on_a_joined_case_is_told_also_once_that_has_closed() -> None:
    file = recorded(looked_at(), contact(LOOKED_AT), assessed(LOOKED_AT), h.joined(LOOKED_AT))
    file = recorded(file, taken_back(LOOKED_AT, "warning-3"))
    file = recorded(file, h.closed_with(LOOKED_AT, "CW-2023-000002"), by=SYSTEM)
    assert "warning-3" in owed(file)
    assert "warning-3" not in owed(recorded(file, told_so(LOOKED_AT, "warning-3")))


def test_whoever_asks_after_it_gets_an_answer() -> None:
    file = recorded(looked_at(), p.Chased(at=LOOKED_AT, words="What of it?", matter="warning-3"))
    assert "chase-8" in owed(file)


def test_it_is_no_plan() -> None:
    told = (
        report(MONDAY),
        h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR),
        h.effect(MONDAY),
        assessed(MONDAY),
        letter(MONDAY, person="perpetrator-1"),
        entry(agreed(MONDAY, "warning-6"), SUPERVISOR),
        served(MONDAY, "warning-6"),
        reviewed(MONDAY + DAY, "warning-6"),
    )
    case = played(*told, until=MONDAY + 30 * DAY)
    assert len(nights_of(PatternName.NO_PLAN, case)) == 1
