"""A repeat victim of hate who is accused is still recognised as one, by what is recorded and not by the prose."""

from datetime import UTC, datetime

from policy.facts.parts import Part
from policy.facts.reporting import HatePerceived, Perceiver, Strand
from tests.stories.told import STORIES, simulated

ACCUSED = next(file for file in STORIES if file.stem == "accused-in-turn")
BEFORE_HATE = datetime(2024, 10, 2, 8, tzinfo=UTC)


def test_whoever_is_accused_in_turn_is_recognised_as_a_victim_of_before() -> None:
    """Before anybody speaks of hate, so that his risk is assessed for that alone."""
    played = simulated(ACCUSED)
    file = played.file_at(BEFORE_HATE)
    accused, victim = file.people["perpetrator-1"], file.people["victim-1"]
    assert (accused.part, victim.part) == (Part.PERPETRATOR, Part.VICTIM)
    assert accused.person == victim.person is not None
    assert victim.victim_before
    assert file.repeat_victim
    assert not file.repeat_perpetrator
    assert not file.serious
    assert [key for key in file.clocks if "risk" in key] == ["risk-assessment:victim-1"]


def test_that_it_is_hate_is_recorded_with_its_strand_and_who_perceives_it() -> None:
    played = simulated(ACCUSED)
    [told] = [entry.fact.hate for entry in played.entries if isinstance(entry.fact, HatePerceived)]
    assert (told.strands, told.perceived_by) == ((Strand.RACE,), Perceiver.VICTIM)
    assert played.file_at(played.stopped_at).serious
