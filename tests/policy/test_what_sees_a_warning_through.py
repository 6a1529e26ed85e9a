"""formal-warnings: over a warning that is open a refusal names what would be taken of it now, and nothing else."""

import pytest

from policy.case_file import CaseFile
from policy.facts import FACT_TYPES, CaseFact
from policy.facts.matters import Step
from policy.legal_action.windows import Ground
from policy.refusals import Refused
from policy.refusals.legal import EarlierWarningMissing, WarningIsOpen
from policy.rules import check, refusal_now
from tests.given import EDITION, SUPERVISOR, entry
from tests.policy.happenings import recorded
from tests.policy.test_disability_meeting import met, possession, told
from tests.policy.warned import DAY, MONDAY, WEEKLY, agreed, appealed, letter, notice, proven, served, to_be_warned

TUESDAY = MONDAY + DAY
ON_7A = {"very_serious": "A court has found it.", "tenancy": WEEKLY, "proven": proven(MONDAY.date())}


def by_supervisor(file: CaseFile, *facts: CaseFact) -> CaseFile:
    return recorded(file, *facts, by=SUPERVISOR)


def proposed() -> CaseFile:
    return to_be_warned(possession())


def approved() -> CaseFile:
    return by_supervisor(proposed(), agreed(MONDAY, "notice-3"))


def on_7a() -> CaseFile:
    return to_be_warned(notice(MONDAY, Ground.GROUND_7A, **ON_7A))


@pytest.mark.parametrize(
    ("file", "again", "named"),
    [
        (proposed(), possession(TUESDAY), ("warning_approved", "warning_taken_back")),
        (approved(), possession(TUESDAY), ("warning_served", "warning_taken_back")),
        (
            recorded(approved(), told(at=MONDAY)),
            possession(TUESDAY),
            ("disability_meeting_held", "warning_taken_back"),
        ),
        (
            recorded(approved(), told(at=MONDAY), met(goes_on=False)),
            possession(TUESDAY),
            ("disability_meeting_held", "warning_taken_back"),
        ),
        (
            recorded(on_7a(), appealed(MONDAY, "notice-3")),
            notice(TUESDAY, Ground.GROUND_7A, **ON_7A),
            ("ground_appeal_ended", "warning_taken_back"),
        ),
    ],
    ids=["proposed", "agreed to", "no meeting yet", "a meeting against it", "appealed"],
)
def test_a_notice_over_one_that_is_open_names_what_would_be_taken_of_that_now(
    file: CaseFile, again: CaseFact, named: tuple[str, ...]
) -> None:
    with pytest.raises(WarningIsOpen) as refused:
        recorded(file, again)
    assert refused.value.refusal.missing_facts == named
    for name in named:
        kind = FACT_TYPES[name]
        assert refusal_now(file, kind, EDITION) is None, name
        assert not issubclass(kind, Step) or taken(file, kind)


def taken(file: CaseFile, kind: type[Step]) -> bool:
    said = {"at": TUESDAY, "matter": "notice-3", "reasons": "So.", "words": "So.", "on": MONDAY.date()}
    fact = kind.model_validate({name: value for name, value in said.items() if name in kind.model_fields})
    try:
        check(file, entry(fact, SUPERVISOR), EDITION)
    except Refused:
        return False
    return True


def test_a_notice_over_a_warning_that_is_not_served_yet_names_what_serves_that() -> None:
    over = possession(TUESDAY).model_copy(update={"very_serious": None})
    file = to_be_warned(letter(MONDAY))
    agreed_to = by_supervisor(file, agreed(MONDAY, "warning-3"))
    for before, named in ((file, "warning_approved"), (agreed_to, "warning_served")):
        with pytest.raises(EarlierWarningMissing, match=r"letter \(warning-3\) is proposed already") as refused:
            recorded(before, over)
        assert refused.value.refusal.missing_facts == (named, "warning_taken_back")
    posted = by_supervisor(file, agreed(MONDAY, "warning-3"), served(MONDAY, "warning-3"))
    assert recorded(posted, over)
    with pytest.raises(EarlierWarningMissing) as refused:
        recorded(to_be_warned(), over)
    assert refused.value.refusal.missing_facts == ("warning_proposed", "agreement_proposed")
