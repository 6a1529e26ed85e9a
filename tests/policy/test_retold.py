"""policy-simulation: the facts of a case told again, under its own edition and under another."""

from datetime import date, timedelta
from importlib.resources import files

import pytest

from policy.editions import Edition, EditionNotSane, EditionUnknown, from_toml, named, proposed, texts_of
from policy.facts import CaseFact, Role
from policy.facts.promising import PromiseKept, PromiseMade
from policy.simulation import Played, simulate
from policy.simulation.compared import Handled, handled
from policy.simulation.retold import retold
from tests.given import EDITION, assessed, contact, empty_file, entry, london, report
from tests.policy import happenings as h
from tests.scale import some
from tests.stories.told import STORIES, simulated, story

MONDAY = london(2023, 10, 2)
DAY = timedelta(days=1)
UNTIL = london(2023, 11, 1)


def another(*changes: tuple[str, str]) -> Edition:
    """The edition of today with other numbers."""
    first, *beside = texts_of(files("policy.editions"), EDITION.name)
    for old, new in ((f'name = "{EDITION.name}"', 'name = "proposed"'), *changes):
        assert first.count(old) >= 1, old
        first = first.replace(old, new, 1)
    return from_toml(first, *beside)


QUICK = (
    "[first_contact]\nworking_days = 5",
    "[first_contact]\nworking_days = 2",
)


def played(*facts: CaseFact) -> Played:
    one = simulate(empty_file(MONDAY.date()), [entry(fact) for fact in facts], until=UNTIL)
    assert not one.refused
    return one


def again(one: Played, edition: Edition) -> Played:
    return retold(one.opening, one.entries, edition, one.stopped_at)


def test_under_its_own_edition_a_story_goes_as_it_went() -> None:
    """Where nothing is carried on beside it, nothing was refused, and the system was never away."""
    gone = 0
    for file in some(STORIES[::4], in_all=STORIES):
        told = simulated(file)
        if not (told.beside or told.refused or story(file).outage):
            assert handled(again(told, EDITION)) == handled(told), file.stem
            gone += 1
    assert gone >= len(STORIES) // 10


def test_a_shorter_time_is_missed_by_who_kept_the_longer_one() -> None:
    one = played(report(MONDAY), contact(MONDAY + 4 * DAY), assessed(MONDAY + 4 * DAY))
    edition = another(QUICK)
    with proposed(edition):
        told = handled(again(one, edition))
    row = "contact-5-working-days"
    assert handled(one).deadlines[row, "kept"] == 1
    assert (told.deadlines[row, "kept"], told.deadlines[row, "late"]) == (0, 1)
    assert told.due["officer-1", "2023-W40"] == handled(one).due["officer-1", "2023-W40"] + 1


def test_what_began_under_another_number_is_still_the_same() -> None:
    """That the contact was missed is entry 3 now, so the promise is promise-4."""
    made = PromiseMade(at=MONDAY + 3 * DAY, words="On Tuesday.", by_when=date(2023, 10, 10))
    kept = PromiseKept(at=MONDAY + 8 * DAY, matter="promise-3", words="Rang.")
    one = played(report(MONDAY), made, contact(MONDAY + 3 * DAY + timedelta(hours=1)), kept)
    edition = another(QUICK)
    with proposed(edition):
        told = again(one, edition)
    assert not told.refused
    assert "promise-4" in [one.fact.matter for one in told.entries if isinstance(one.fact, PromiseKept)]
    assert handled(told).deadlines["promise-ledger", "kept"] == 1


def test_what_the_other_edition_would_not_take_is_told_with_its_rule() -> None:
    closed = (report(MONDAY), contact(MONDAY), assessed(MONDAY), h.proposal(MONDAY), h.closed(MONDAY + DAY))
    one = played(*closed)
    edition = another(
        ('needs = ["assessment", "first-contact"]', 'needs = ["assessment", "first-contact", "review"]')
    )
    with proposed(edition):
        told = handled(again(one, edition))
    assert told.refused == {
        ("closure_proposed", "CaseNotReadyToClose"): 1,
        ("case_closed", "CaseNotReadyToClose"): 1,
    }
    assert handled(one).letters["closing-letter"] == 1
    assert told.letters["closing-letter"] == 0


def test_what_casework_did_itself_it_does_again() -> None:
    one = played(report(MONDAY))
    told = again(one, EDITION)
    assert [entry for entry in told.entries if entry.by.role is not Role.SYSTEM] == [one.entries[0]]
    assert len(told.entries) == len(one.entries)


def test_two_cases_add_up() -> None:
    one = handled(played(report(MONDAY)))
    assert (one + one).deadlines == {key: 2 * number for key, number in one.deadlines.items()}
    assert one + Handled() == one


def test_a_proposed_edition_is_known_while_it_is_looked_at_and_nowhere_else() -> None:
    edition = another(QUICK)
    with proposed(edition):
        assert named("proposed") == edition
    with pytest.raises(EditionUnknown):
        named("proposed")
    with pytest.raises(EditionNotSane, match="give the proposed one another name"), proposed(EDITION):
        pass
