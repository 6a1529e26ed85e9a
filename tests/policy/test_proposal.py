"""policy-simulation: a proposed edition is read, and one that is not sane is refused with the place."""

from importlib.resources import files
from pathlib import Path

import pytest

from policy.editions import texts_of
from policy.editions.lines import line_of
from policy.editions.proposal import ProposalNotSane, proposal
from tests.given import EDITION

HEAD = 'name = "2027-04-01"\ntitle = "Quicker first contact"\nin_force_from = 2027-04-01\n'
WHOLE = texts_of(files("policy.editions"), EDITION.name)[0]


def wrong(text: str) -> list[str]:
    with pytest.raises(ProposalNotSane) as refused:
        proposal(text)
    return [str(one) for one in refused.value.wrong]


def test_what_it_does_not_tell_stands_as_in_the_newest_released_one() -> None:
    edition = proposal(f"{HEAD}[first_contact]\nworking_days = 3\n[legal.days]\nteam_review = 2\n")
    assert (edition.name, edition.first_contact.working_days, edition.legal.days.team_review) == (
        "2027-04-01",
        3,
        2,
    )
    left = {"name", "title", "in_force_from", "sha256", "first_contact", "legal"}
    assert edition.model_dump(exclude=left) == EDITION.model_dump(exclude=left)
    assert edition.legal.days.listing == EDITION.legal.days.listing


def test_the_whole_file_copied_and_changed_is_one_too() -> None:
    copied = WHOLE.replace('name = "2015-03-23"', 'name = "2027-04-01"').replace(
        "in_force_from = 2015-03-23", "in_force_from = 2027-04-01"
    )
    assert proposal(copied).first_contact == EDITION.first_contact


def test_another_text_is_another_edition() -> None:
    one, other = (proposal(f"{HEAD}[first_contact]\nworking_days = {days}\n") for days in (3, 4))
    assert one.sha256 != other.sha256 != EDITION.sha256


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "line 1: this is not TOML: Invalid value"),
        (f"{HEAD}[office\n", "line 4: this is not TOML: Expected ']' at the end of a table declaration"),
        (f"{HEAD}title = 'Two'\n", "line 4: this is not TOML: Cannot overwrite a value"),
        (f"{HEAD}[first_contact]\nworking_days = 0\n", "line 5, first_contact.working_days: must be at least 1"),
        (
            f"{HEAD}[first_contact]\nworking_days = 367\n",
            "line 5, first_contact.working_days: must be at most 366",
        ),
        (f"{HEAD}[police_advice]\nhours = 745\n", "line 5, police_advice.hours: must be at most 744"),
        (f"{HEAD}[matters]\nchase = 9999\n", "line 5, matters.chase: must be at most 366"),
        (f"{HEAD}[repeat]\nwithin_days = 36526\n", "line 5, repeat.within_days: must be at most 36525"),
        (
            f"{HEAD}[review]\nserious_working_days = 21\n",
            "line 5, review.serious_working_days: must not be longer",
        ),
        (
            f"{HEAD}[regular_contact]\nlongest_working_days = 9\n",
            "line 5, regular_contact.longest_working_days: must not be shorter",
        ),
        (f"{HEAD}[first_contact]\ndays = 3\n", "line 5, first_contact.days: is no name that an edition knows"),
        (f"{HEAD}[frist_contact]\ndays = 3\n", "line 4, frist_contact: is no name that an edition knows"),
        (
            f'{HEAD}[first_contact]\nworking_days = "three"\n',
            "line 5, first_contact.working_days: must be a",
        ),
        (f"{HEAD}[first_contact]\nworking_days = 2.5\n", "line 5, first_contact.working_days: must be a"),
        (f"{HEAD}[office]\ncloses = 'late'\n", "line 5, office.closes: must be a time"),
        (f"{HEAD}sha256 = 'mine'\n", "line 4, sha256: is reckoned, and not told"),
        (HEAD.replace("2027-04-01", "2015-03-23", 1), "line 1, name: an edition called 2015-03-23 is released"),
        (
            HEAD.replace("from = 2027-04-01", "from = 2015-03-23"),
            "line 3, in_force_from: must be later than 2015-03-23",
        ),
        (HEAD.replace("from = 2027-04-01", "from = 'soon'"), "line 3, in_force_from: must be a day"),
        (
            f'{HEAD}[mediation]\nnever_for = ["shouting"]\n',
            "no categories: shouting",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, said: str) -> None:
    assert any(said in one for one in wrong(text)), wrong(text)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    told = wrong(f"{HEAD}[first_contact]\nworking_days = 0\n[review]\nserious_working_days = 0\n")
    assert [one.partition(":")[0] for one in told] == [
        "line 5, first_contact.working_days",
        "line 7, review.serious_working_days",
    ]


def test_what_it_must_tell_itself_is_asked_for() -> None:
    assert wrong("[first_contact]\nworking_days = 3\n") == [
        "name: is missing",
        "title: is missing",
        "in_force_from: is missing",
    ]


def test_a_line_of_a_list_is_found_and_a_line_of_words_is_none() -> None:
    text = 'words = """\n[first]\nkey = 1\n"""\n[[rows]]\nkey = 1\n\n[[rows]]\nkey = 2\n[rows.more]\ndays = 1\n'
    assert line_of(("rows", 1, "key"), text) == 9
    assert line_of(("rows", 0, "absent"), text) == 5
    assert line_of(("first",), text) is None
    assert line_of(("rows", "more", "days"), text) == 11


def test_the_released_edition_is_within_what_a_proposed_one_may_say() -> None:
    assert proposal(HEAD).first_contact == EDITION.first_contact


def test_the_guide_s_example_is_one(repository: Path) -> None:
    guide = (repository / "docs/guides/trying-an-edition.md").read_text(encoding="utf-8")
    edition = proposal(guide.partition("```toml\n")[2].partition("```")[0])
    assert edition.first_contact.working_days == 3
