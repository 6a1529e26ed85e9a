"""What a file is, is read from its bytes."""

import pytest

from api.evidence_types import ENDINGS, TAKEN, taken_as
from tests.evidence_samples import NOT_TAKEN, SAMPLES


@pytest.mark.parametrize("media_type", list(SAMPLES))
def test_each_type_that_is_taken_is_known_by_its_first_bytes(media_type: str) -> None:
    found = taken_as(SAMPLES[media_type])
    assert found is not None
    assert found.media_type == media_type


def test_there_is_a_sample_of_every_type_and_an_ending_for_each() -> None:
    assert set(SAMPLES) == {one.media_type for one in TAKEN} == set(ENDINGS)
    assert len(set(ENDINGS.values())) == len(TAKEN)


@pytest.mark.parametrize("what", list(NOT_TAKEN))
def test_whatever_else_it_is_is_not_taken(what: str) -> None:
    assert taken_as(NOT_TAKEN[what]) is None


@pytest.mark.parametrize("cut", range(1, 4))
def test_a_letter_that_is_cut_in_two_by_the_first_look_is_still_a_text(cut: int) -> None:
    assert taken_as(("x" * 100 + "😀").encode()[:-cut]) is not None
