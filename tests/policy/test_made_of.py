"""What is worked out once of a file, and goes on with its copies."""

import pickle

from hypothesis import given

from policy.case_file import CaseFile
from policy.frozen import Frozen, made_of
from tests.policy.random_cases import thoroughly
from tests.policy.random_lives import LIVES, Life, lived

MADE = ("affected", "victims", "unfilled", "present", "gone", "repeat_victim", "repeat_perpetrator")


class Counted(Frozen):
    one: int = 1
    other: int = 2

    @made_of("one")
    def twice(self) -> list[int]:
        return [2 * self.one]


def test_it_goes_on_with_a_copy_that_changes_something_else() -> None:
    counted = Counted()
    known = counted.twice
    assert counted.model_copy(update={"other": 3}).twice is known


def test_it_is_worked_out_anew_where_what_it_is_made_of_changes() -> None:
    counted = Counted()
    assert counted.twice == [2]
    assert counted.model_copy(update={"one": 5}).twice == [10]
    assert counted.model_copy(update={"one": 5}, deep=True).twice == [10]


def test_nobody_sees_whether_it_was_worked_out() -> None:
    counted, fresh = Counted(), Counted()
    assert counted.twice
    assert counted == fresh
    assert counted.model_dump() == fresh.model_dump()
    assert counted.model_dump_json() == fresh.model_dump_json()
    assert pickle.loads(pickle.dumps(counted)) == fresh  # noqa: S301 - our own


@thoroughly
@given(LIVES)
def test_of_a_case_it_is_always_what_would_be_worked_out_anew(life: Life) -> None:
    for moment in lived(life):
        file = moment.after
        anew = CaseFile.model_validate(file.model_dump())
        assert {name: getattr(file, name) for name in MADE} == {name: getattr(anew, name) for name in MADE}
