"""legal-remedies, witness-care: what a legal action knows of its case, and what its people are owed at court."""

from datetime import date
from typing import Any

from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.facts import SYSTEM, CaseFact
from policy.facts.hearings import When, WitnessSupported
from policy.facts.proceedings import (
    CourtDay,
    LegalActionStopped,
    LegalActionTold,
    LegalStage,
)
from policy.facts.ruling import ClosureDaysAdopted
from policy.facts.warning import WarningServed, WarningTakenBack
from policy.ledger import Ending
from policy.legal_action.windows import Ground
from policy.permissions import may_record
from tests.given import EDITION, OFFICER, SUPERVISOR, london
from tests.policy import happenings as h
from tests.policy.legal_action.acting import HEARD_AT, TO_COURT, decided
from tests.policy.test_legal_action_on_a_case import (
    DAY,
    IN_FORCE,
    KEY,
    OVER,
    begun,
    carried,
    heard,
    hearing,
    moved,
    owed,
    proposed,
    telling,
    under_way,
)
from tests.policy.warned import MONDAY, agreed, notice, to_be_warned

# what the case knows of its notices, and what its people are owed


def on_notice(*more: CaseFact) -> CaseFile:
    """The notice is 3, possession 6, and it has begun."""
    file = to_be_warned(notice(MONDAY, Ground.GROUND_14, very_serious="Fire."))
    file = h.recorded(file, agreed(MONDAY, "notice-3"), by=SUPERVISOR)
    served = WarningServed(at=MONDAY, matter="notice-3", words="By hand.")
    file = h.recorded(file, served, proposed("possession"))
    (begin,) = begun(file)
    assert isinstance(begin.knows, LegalActionTold)
    return h.recorded(heard(file, begin.knows), *more)


def test_a_notice_that_is_taken_back_is_none_for_the_action_any_more() -> None:
    assert not list(telling(on_notice()))
    back = WarningTakenBack(at=MONDAY + DAY, matter="notice-3", reasons="Wrong name on it.")
    (tell,) = telling(on_notice(back))
    assert tell.news.known.window is None  # type: ignore[attr-defined]  # what its case learnt


def test_another_notice_that_is_served_reaches_the_action() -> None:
    back = WarningTakenBack(at=MONDAY + DAY, matter="notice-3", reasons="Wrong name on it.")
    again = h.recorded(on_notice(back), notice(MONDAY + DAY, Ground.GROUND_14, very_serious="Fire."))
    key = f"notice-{again.seq}"
    again = h.recorded(again, agreed(MONDAY + DAY, key), by=SUPERVISOR)
    again = h.recorded(again, WarningServed(at=MONDAY + 2 * DAY, matter=key, words="By hand."))
    (tell,) = telling(again)
    window = tell.news.known.window  # type: ignore[attr-defined]  # as above
    assert window.opens == (MONDAY + 2 * DAY).date()


def test_it_is_judged_by_what_its_case_was_judged_by_when_it_was_proposed() -> None:
    file = to_be_warned(proposed())
    known = file.closure_days.known_until
    (before,) = begun(file)
    days = {date(2023, 6, 14): "Flood"}
    adopted = ClosureDaysAdopted(at=MONDAY + DAY, days=days, known_until=known, reasons="Wet.")
    (after,) = begun(h.recorded(file, adopted, by=SUPERVISOR))
    assert after.opening == before.opening


def supported(when: When, at: Any, hearing: str = KEY) -> WitnessSupported:
    more = {"advised_on_court": True, "protection": "not_needed"} if when is When.BEFORE else {}
    return WitnessSupported.model_validate({"at": at, "hearing": hearing, "when": when, "words": "So."} | more)


FIRST = date(2023, 7, 3)


def test_a_hearing_that_was_put_off_on_its_day_was_held_for_those_who_came() -> None:
    file = h.recorded(hearing(), supported(When.DURING, HEARD_AT))
    put_off = moved(hearing=CourtDay(on=date(2023, 9, 4)), at=HEARD_AT)
    file = h.recorded(file, put_off, by=SYSTEM, recorded_at=HEARD_AT)
    after = f"{KEY}-1"
    assert {f"hearing-after:{after}:complainant", f"hearing-before:{KEY}:complainant"} <= owed(file)
    kept = h.recorded(file, supported(When.AFTER, HEARD_AT + DAY, after))
    assert not [key for key in owed(kept) if key.startswith(f"hearing-after:{after}")]


def test_support_after_a_hearing_outlives_the_appeal_that_brings_another() -> None:
    refused = moved(LegalStage.REFUSED, hearing=CourtDay(on=FIRST, heard_at=HEARD_AT), at=HEARD_AT)
    again = moved(LegalStage.ISSUED, at=HEARD_AT + DAY)
    assert f"hearing-after:{KEY}-1:complainant" in owed(hearing(refused, again))


def test_a_hearing_that_is_heard_of_only_when_it_was_held_has_its_support_after_it() -> None:
    at_once = IN_FORCE.model_copy(update={"at": HEARD_AT, "hearing": CourtDay(on=FIRST, heard_at=HEARD_AT)})
    assert f"hearing-after:{KEY}:complainant" in owed(under_way(at_once))


def test_support_counts_from_the_hearing_however_long_the_court_takes_to_decide() -> None:
    judged = HEARD_AT + 20 * DAY
    late = IN_FORCE.model_copy(update={"at": judged, "hearing": CourtDay(on=FIRST, heard_at=judged)})
    due = {one.key: one.due for one in deadlines(hearing(late), EDITION)}
    assert due[f"hearing-after:{KEY}:complainant"] == london(2023, 7, 5, 17)


def test_whoever_was_not_prepared_before_the_court_decided_was_missed() -> None:
    played = carried("injunction", *TO_COURT, decided())
    (line,) = [one for one in played.ledger() if one.deadline.key.startswith("hearing-before")]
    assert (line.noticed_at is not None, line.ended and line.ended.ending) == (True, Ending.MISSED)


def test_another_day_is_prepared_for_anew_and_one_taken_away_needs_nobody() -> None:
    before = WitnessSupported.model_validate(
        {"at": MONDAY + 2 * DAY, "hearing": KEY, "when": When.BEFORE, "words": "Told."}
        | {"advised_on_court": True, "protection": "not_needed"}
    )
    ready = h.recorded(hearing(), before)
    assert f"hearing-before:{KEY}:complainant" not in owed(ready)
    put_off = heard(
        ready, moved(hearing=CourtDay(on=date(2023, 8, 7))).model_copy(update={"at": MONDAY + 3 * DAY})
    )
    assert f"hearing-before:{KEY}:complainant" in owed(put_off)
    assert not [key for key in owed(hearing(OVER)) if key.startswith("hearing")]


# news


def test_nobody_asks_after_a_hearing_before_its_day_has_come() -> None:
    far = moved(hearing=CourtDay(on=date(2024, 1, 15)), by_when=date(2024, 1, 15))
    silent = next(one for one in deadlines(under_way(far), EDITION) if one.key == KEY)
    assert silent.due == london(2024, 2, 12, 17)


def test_a_supervisor_says_that_nothing_carries_it_on_any_more() -> None:
    stopped = LegalActionStopped(at=MONDAY + DAY, matter=KEY, reasons="It was ended by mistake.")
    file = h.recorded(under_way(), stopped, by=SUPERVISOR)
    assert (file.legal, KEY in file.matters) == ({}, False)
    assert not may_record(OFFICER.role, "legal_action_stopped")
