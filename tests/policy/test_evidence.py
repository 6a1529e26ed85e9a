"""incident-diaries: what comes in is chased, read, and never lost in a drawer."""

from datetime import date, timedelta

import pytest

from policy.case_file import CaseFile
from policy.facts import CaseFact, Role
from policy.facts import evidence as e
from policy.facts.closing import Closing
from policy.facts.ruling import DeadlineMissed
from policy.refusals import CaseNotReadyToClose, MatterNotOpen
from policy.working_days import day_in_words
from tests.given import assessed, case_of, contact, london, report
from tests.policy.happenings import closed, owed, proposal, recorded

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)


def handled(*more: CaseFact) -> CaseFile:
    return recorded(case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY)), *more)


def diary() -> e.DiaryIssued:
    return e.DiaryIssued(at=MONDAY, words="Two weeks.", by_when=date(2023, 6, 19))


def recording(n: int = 0) -> e.EvidenceReceived:
    return e.EvidenceReceived(at=MONDAY + n * DAY, kind=e.EvidenceKind.RECORDING, words="Thuds at two at night.")


def missed(file: CaseFile, key: str) -> CaseFile:
    one = owed(file)[key]
    return recorded(file, DeadlineMissed(at=one.due, key=key, row=one.row, due=one.due), recorded_at=one.due)


def test_a_diary_is_issued_returned_and_read() -> None:
    file = handled(diary())
    assert owed(file)["diary-4"].due == london(2023, 6, 19, 17)
    file = recorded(file, e.DiaryReturned(at=MONDAY + 10 * DAY, matter="diary-4", words="Here."))
    reading = owed(file)["diary-4"]
    assert (reading.owed, reading.due) == ("Read the diary", london(2023, 6, 22, 17))
    read = e.EvidenceRead(at=MONDAY + 11 * DAY, matter="diary-4", words="Most nights.")
    assert "diary-4" not in owed(recorded(file, read))


def test_a_diary_that_does_not_come_back_is_asked_for() -> None:
    file = missed(handled(diary()), "diary-4")
    chasing = owed(file)["diary-4"]
    assert (chasing.owed, chasing.due) == ("Ask for the diary, which has not come back", london(2023, 6, 21, 17))
    assert not chasing.noticed, "nobody of ours is late because somebody else is"
    asked = e.DiaryChased(at=london(2023, 6, 20), matter="diary-4", words="Rang her.", by_when=date(2023, 6, 26))
    assert owed(recorded(file, asked))["diary-4"].due == london(2023, 6, 26, 17)


def test_a_diary_is_given_up_only_with_the_reason() -> None:
    given_up = e.DiaryGivenUp(at=MONDAY + DAY, matter="diary-4", reasons="The recordings are enough.")
    assert "diary-4" not in owed(recorded(handled(diary()), given_up))
    returned = recorded(handled(diary()), e.DiaryReturned(at=MONDAY + DAY, matter="diary-4", words="Here."))
    with pytest.raises(MatterNotOpen):
        recorded(returned, given_up)


def test_unread_evidence_is_overdue_work_and_reaches_a_supervisor() -> None:
    file = missed(handled(recording()), "evidence-4")
    assert owed(file)["evidence-4"].noticed
    assert owed(file)["escalation:evidence-4"].owed_by is Role.SUPERVISOR


@pytest.mark.parametrize("closing", [Closing.UNJUSTIFIED, Closing.DEALT_WITH])
def test_nine_recordings_that_nobody_listened_to_keep_the_case_from_closing_each_by_name(closing: Closing) -> None:
    file = handled(*(recording(n) for n in range(9)))
    for attempt in (proposal(MONDAY + 10 * DAY), closed(MONDAY + 10 * DAY, closing)):
        with pytest.raises(CaseNotReadyToClose) as refused:
            recorded(file, attempt)
        named = (f"evidence to be read, since {day_in_words((MONDAY + n * DAY).date())}" for n in range(9))
        assert "; ".join(named) in refused.value.refusal.sentence
        assert refused.value.refusal.missing == ("evidence to be read",) * 9


def test_many_are_read_together_and_each_is_named() -> None:
    file = handled(*(recording(n) for n in range(3)))
    read = e.EvidenceRead(at=MONDAY + 5 * DAY, matter="evidence-4", also=("evidence-6",), words="Furniture.")
    assert {key for key in owed(recorded(file, read)) if key.startswith("evidence")} == {"evidence-5"}
    with pytest.raises(MatterNotOpen, match=r"cannot be recorded now of evidence to be read \(evidence-9\)"):
        recorded(file, read.model_copy(update={"also": ("evidence-6", "evidence-9")}))
