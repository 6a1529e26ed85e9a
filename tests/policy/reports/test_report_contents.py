"""What reports say is measured, sorted as it can be, and for whom it is meant."""

import pytest

from policy.measures import MEASURES
from policy.measures.history import OF_EVERY_CASE
from policy.measures.regulator import FOR_THE_REGULATOR
from policy.reports.contents import CONTENTS, MONTH, ReadBy, Section
from policy.reports.kinds import ReportKind

SECTIONS = [(kind, section) for kind, contents in CONTENTS.items() for section in contents.sections]


def test_every_kind_of_report_says_something() -> None:
    assert CONTENTS.keys() == set(ReportKind)
    assert all(contents.sections for contents in CONTENTS.values())


@pytest.mark.parametrize(("kind", "section"), SECTIONS)
def test_each_section_is_of_measures_that_there_are_sorted_by_what_they_are_told_of(
    kind: ReportKind, section: Section
) -> None:
    for name in section.measures:
        sorts = {MONTH, *OF_EVERY_CASE, *MEASURES[name].more}
        assert set(section.by) <= sorts, (kind, section.title)
    assert section.for_homes <= ({MEASURES[name] for name in section.measures} <= set(FOR_THE_REGULATOR))


def test_sections_of_a_report_are_told_apart_by_their_titles() -> None:
    for contents in CONTENTS.values():
        titles = [section.title for section in contents.sections]
        assert len(titles) == len(set(titles))


def test_figures_by_officer_are_for_managers() -> None:
    by_officer = [section for _, section in SECTIONS if "officer" in section.by]
    assert by_officer
    assert all(section.read_by is ReadBy.MANAGERS for section in by_officer)


def test_what_is_published_is_sorted_by_one_thing_and_never_by_who_works_here() -> None:
    ours = {"officer", "team"}
    for kind, section in SECTIONS:
        if CONTENTS[kind].publishes and section.read_by is ReadBy.EVERYBODY:
            assert len(section.by) <= 1
            assert not ours & set(section.by)


def test_no_measure_is_published_in_two_sorts_of_which_one_is_made_of_the_other() -> None:
    """A category's group, a share and the answers that it is made of: one tells what is hidden of the other."""
    for kind, contents in CONTENTS.items():
        told = [one for one in contents.sections if contents.publishes and one.read_by is ReadBy.EVERYBODY]
        sorted_by = {(name, by) for one in told for name in one.measures for by in one.by}
        assert not {name for name, by in sorted_by if by == "group"}, kind
        assert "answers" not in {name for one in told for name in one.measures}, kind
