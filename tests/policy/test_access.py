"""Who may see a case, beside who works on it: what is refused, what holds then, and what is owed."""

from datetime import timedelta
from typing import Any

import pytest

from policy.access import facts as f
from policy.access.file import AccessFile, Around
from policy.access.folding import after
from policy.access.rules import check
from policy.facts.base import Actor, Fact, Role
from policy.journal import Note
from policy.refusals import Refused
from policy.working_days import moment_in_words
from tests.given import EDITION, empty_file, london

THEN = london(2023, 6, 5, 10)
BOSS = Actor(id="supervisor-1", role=Role.SUPERVISOR)
OFFICER = Actor(id="officer-1", role=Role.OFFICER)
AROUND = Around(
    edition=EDITION,
    closure_days=empty_file(THEN.date()).closure_days,
    domestic_abuse=False,
    working_on_it=("officer-1",),
)
ABUSE = AROUND.model_copy(update={"domestic_abuse": True})


def told(*facts: Fact | tuple[Fact, Actor], around: Around = AROUND) -> AccessFile:
    file = AccessFile(ref="CW-2023-000001", id="x")
    for number, said in enumerate(facts, start=1):
        fact, by = said if isinstance(said, tuple) else (said, BOSS)
        note = Note(id=f"note-{number}", by=by, recorded_at=fact.at, fact=fact)
        check(file, note, around)
        file = after(file, note, around)
    return file


def said(kind: type[Fact], **more: Any) -> Fact:
    return kind(at=THEN, words="As told.", **more)


def restricted(*named: str) -> Fact:
    return said(f.AccessRestricted, why=f.RestrictedFor.STAFF_INVOLVED, named=named)


def connected(who: str | None = None) -> Fact:
    return said(f.ConflictDeclared, who=who, why=f.Connection.LIVES_THERE)


TAKEN = (said(f.EmergencyAccessTaken), Actor(id="officer-9", role=Role.OFFICER))


def looked_at(number: int = 1, *, justified: bool) -> Fact:
    return said(f.EmergencyAccessReviewed, taken=f"note-{number}", justified=justified)


def test_a_restriction_names_who_else_may_see_it_and_a_new_one_replaces_them() -> None:
    file = told(restricted("a", "b", "a"), restricted("c"), said(f.StaffAdmitted, who="d"))
    assert (file.restricted, file.admitted) == (f.RestrictedFor.STAFF_INVOLVED, ("c", "d"))
    assert told(restricted("a"), said(f.AccessOpened)).admitted == ()


def test_where_there_is_domestic_abuse_somebody_may_be_admitted_without_another_restriction() -> None:
    file = told(said(f.StaffAdmitted, who="a"), said(f.StaffAdmitted, who="b"), around=ABUSE)
    assert file.admitted == ("a", "b")
    file = told(said(f.StaffAdmitted, who="a"), said(f.AdmissionEnded, who="a"), around=ABUSE)
    assert file.admitted == ()


@pytest.mark.parametrize(
    ("before", "fact", "refused"),
    [
        pytest.param([], said(f.AccessOpened), "AccessIsOpen", id="nothing to open"),
        pytest.param([], said(f.StaffAdmitted, who="a"), "AccessIsOpen", id="open to all"),
        pytest.param([restricted("a")], said(f.StaffAdmitted, who="a"), "AlreadyAdmitted", id="admitted"),
        pytest.param([restricted("a")], said(f.AdmissionEnded, who="b"), "NotAdmitted", id="not admitted"),
        pytest.param([connected("a")], restricted("a"), "ConnectedWithTheCase", id="named and connected"),
        pytest.param(
            [connected("a"), restricted("b")],
            said(f.StaffAdmitted, who="a"),
            "ConnectedWithTheCase",
            id="admitted and connected",
        ),
        pytest.param([connected("a")], connected("a"), "AlreadyConnected", id="twice"),
        pytest.param([restricted("a")], said(f.StaffAdmitted, who=BOSS.id), "AnotherPersonMustLook", id="oneself"),
        pytest.param([restricted("a")], restricted(BOSS.id), "AnotherPersonMustLook", id="oneself, and not them"),
        pytest.param(
            [restricted("a")],
            said(f.RestrictionReviewed, agreed=True),
            "AnotherPersonMustLook",
            id="their own restriction",
        ),
        pytest.param([], said(f.RestrictionReviewed, agreed=True), "NoRestrictionToLookAt", id="no restriction"),
        pytest.param([], (connected("a"), OFFICER), "ASupervisorSaysSo", id="an officer of another"),
        pytest.param([], said(f.ConflictEnded, who="a"), "NotConnected", id="never connected"),
        pytest.param(
            [connected("supervisor-1")],
            said(f.ConflictEnded, who="supervisor-1"),
            "AnotherPersonMustLook",
            id="own",
        ),
        pytest.param(
            [],
            said(f.EmergencyAccessReviewed, taken="note-1", justified=True),
            "NoEmergencyAccess",
            id="nothing to look at",
        ),
        pytest.param(
            [(TAKEN[0], BOSS)],
            said(f.EmergencyAccessReviewed, taken="note-1", justified=True),
            "AnotherPersonMustLook",
            id="looks at their own",
        ),
        pytest.param(
            [TAKEN, said(f.EmergencyAccessReviewed, taken="note-1", justified=True)],
            said(f.EmergencyAccessReviewed, taken="note-1", justified=True),
            "NoEmergencyAccess",
            id="looked at already",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_and_says_why(before: list[Any], fact: Any, refused: str) -> None:
    with pytest.raises(Refused) as error:
        told(*before, fact)
    assert error.value.refusal.refused == refused
    assert error.value.refusal.row == "information-sharing"


def test_whoever_is_connected_loses_what_they_were_admitted_to() -> None:
    file = told(restricted("a", "b"), connected("a"))
    assert (file.admitted, file.conflicts) == (("b",), {"a": f.Connection.LIVES_THERE})


def test_who_says_so_is_meant_where_nobody_is_named_and_their_own_case_needs_another_officer() -> None:
    file = told((connected(), OFFICER))
    assert set(file.conflicts) == {"officer-1"}
    owed = file.owed["another-officer:officer-1"]
    assert owed.owed_by is Role.SUPERVISOR
    assert moment_in_words(owed.due) == moment_in_words(london(2023, 6, 6, 17))
    assert "information-sharing" in owed.why
    assert not told(connected("officer-7")).owed
    assert not told((connected(), OFFICER), said(f.ConflictEnded, who="officer-1")).owed


def test_emergency_access_lasts_its_hours_and_somebody_else_looks_at_it_by_the_next_working_day() -> None:
    file = told(TAKEN)
    assert file.open_until() == {"officer-9": THEN + timedelta(hours=EDITION.access.emergency_hours)}
    owed = file.owed["emergency-review:note-1"]
    assert (owed.owed_by, owed.due) == (Role.MANAGER, london(2023, 6, 6, 17))


@pytest.mark.parametrize(("justified", "hours"), [(True, 8), (False, 0)], ids=["good reason", "no good reason"])
def test_without_a_good_reason_it_ends_at_once(justified: bool, hours: int) -> None:
    file = told(TAKEN, said(f.EmergencyAccessReviewed, taken="note-1", justified=justified))
    assert file.open_until() == {"officer-9": THEN + timedelta(hours=hours)}
    assert file.owed == {}


def test_what_was_found_last_counts_where_somebody_takes_it_again() -> None:
    again = (said(f.EmergencyAccessTaken).model_copy(update={"at": THEN + timedelta(days=1)}), TAKEN[1])
    good = looked_at(justified=True)
    bad = looked_at(3, justified=False).model_copy(update={"at": THEN + timedelta(days=2)})
    file = told(TAKEN, good, again, bad)
    assert file.taken_without_reason("officer-9")
    assert not file.taken_without_reason("officer-8")
    kept = file.with_(emergencies=dict(reversed(file.emergencies.items())))
    assert kept.taken_without_reason("officer-9"), "PostgreSQL keeps no order"
    assert told(TAKEN, good, again).open_until()["officer-9"] > THEN + timedelta(days=1)


MANAGER = Actor(id="manager-1", role=Role.MANAGER)


@pytest.mark.parametrize("agreed", [True, False])
def test_a_restriction_is_looked_at_by_somebody_else_who_may_end_it(agreed: bool) -> None:
    owed = told(restricted("a")).owed["restriction-review"]
    assert (owed.owed_by, owed.due) == (Role.MANAGER, london(2023, 6, 6, 17))
    file = told(restricted("a"), (said(f.RestrictionReviewed, agreed=agreed), MANAGER))
    assert (file.restricted is not None, file.owed) == (agreed, {})


def test_who_restricts_a_case_that_is_open_may_go_on_seeing_it() -> None:
    assert told(restricted(BOSS.id, "a")).admitted == (BOSS.id, "a")


def test_nobody_opens_a_case_with_domestic_abuse_to_themselves_by_restricting_it() -> None:
    with pytest.raises(Refused, match="Somebody else must admit you"):
        told(restricted(BOSS.id), around=ABUSE)
    assert told((restricted("officer-1"), OFFICER), around=ABUSE).admitted == ("officer-1",)


def test_a_case_that_follows_is_as_shut_and_owes_nothing_of_its_own() -> None:
    file = told(restricted("a"), connected("b"), TAKEN)
    after_it = file.following("CW-2023-000002", "y")
    assert file.open_to_the_same(after_it)
    assert (after_it.owed, after_it.emergencies) == ({}, {})
    assert not file.open_to_the_same(AccessFile(ref="x", id="x"))


def test_the_file_holds_nobody_s_words() -> None:
    assert "As told." not in told(restricted("a"), connected("b"), TAKEN).model_dump_json()
