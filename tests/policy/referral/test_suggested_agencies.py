"""support-schemes: agencies are suggested by the edition's criteria until somebody is referred there."""

import pytest

from policy.editions import EditionNotSane, from_toml, texts_of
from policy.editions.agencies import Criteria
from policy.facts import SYSTEM, CaseFact
from policy.facts.closing import Closing
from policy.facts.disclosing import Gateway
from policy.facts.needs import NeedTold
from policy.facts.parts import Leaving, Part, PersonJoined, PersonLeft
from policy.facts.people import Party
from policy.facts.referring import ReferralFinished, ReferralProposed
from policy.referral.suggested import suggested_agencies
from tests.given import EDITION, assessed, case_of, report
from tests.policy import happenings as h
from tests.policy.referral.referring import DAY, MONDAY
from tests.policy.test_released_editions import FOLDER

HOUSEHOLD = PersonJoined(
    at=MONDAY, key="household_member-1", part=Part.HOUSEHOLD_MEMBER, party=Party(name="Sam Sample"), minor=True
)


def suggested(category: str = "vehicles", *more: CaseFact) -> tuple[str, ...]:
    file = h.recorded(case_of(report(MONDAY, category)), *more)
    return suggested_agencies(file, EDITION)


def need(kind: str, person: str = "complainant") -> CaseFact:
    return NeedTold(at=MONDAY, person=person, kind=kind, words="As told.")


def test_nothing_is_suggested_where_no_criteria_are_met() -> None:
    assert suggested() == ()
    assert suggested("vehicles", need("language")) == ()


@pytest.mark.parametrize("kind", ["vulnerability", "disability", "mental_health", "age", "learning"])
def test_floating_support_is_suggested_for_somebody_who_needs_it(kind: str) -> None:
    assert suggested("vehicles", need(kind)) == ("floating_support",)


def test_a_need_of_either_side_counts() -> None:
    perpetrator = h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR)
    assert suggested("vehicles", perpetrator, need("dependency", "perpetrator-1")) == (
        "drug_and_alcohol",
        "floating_support",
    )


@pytest.mark.parametrize("category", ["violence", "hate", "intimidation"])
def test_victim_support_is_suggested_to_those_who_were_harmed_or_threatened(category: str) -> None:
    file = case_of(report(MONDAY, category, **({"hate": h.RACE} if category == "hate" else {})))
    assert "victim_support" in suggested_agencies(file, EDITION)


def test_a_family_programme_needs_a_child_and_the_behaviour() -> None:
    assert "family_programme" in suggested("drugs", HOUSEHOLD)
    assert "family_programme" not in suggested("drugs")
    assert "family_programme" not in suggested("vehicles", HOUSEHOLD)


def test_who_has_left_the_case_does_not_count() -> None:
    gone = PersonLeft(at=MONDAY + DAY, key="household_member-1", why=Leaving.MOVED_AWAY, words="Moved.")
    assert "family_programme" not in suggested("drugs", HOUSEHOLD, gone)
    theirs = need("mental_health", "household_member-1")
    assert suggested("vehicles", HOUSEHOLD, theirs) == ("floating_support",)
    assert suggested("vehicles", HOUSEHOLD, theirs, gone) == ()


def test_what_somebody_was_referred_to_is_not_suggested_again() -> None:
    assert suggested("noise") == ("environmental_health",)
    lawful = {"about": ("complainant",), "gateway": Gateway.CRIME_AND_DISORDER_ACT, "what": "All.", "why": "Help."}
    referred = ReferralProposed.model_validate({"at": MONDAY, "agency": "environmental_health"} | lawful)
    assert suggested("noise", referred) == ()
    over = h.recorded(case_of(report(MONDAY, "noise")), referred)
    over = h.recorded(over, ReferralFinished(at=MONDAY, matter="referral-2"), by=SYSTEM)
    assert suggested_agencies(over, EDITION) == ()


def test_nothing_is_suggested_on_a_case_at_rest() -> None:
    closed = h.closed(MONDAY, Closing.UNJUSTIFIED)
    assert suggested("noise", assessed(MONDAY), closed) == ()


def test_all_that_criteria_name_must_be_met() -> None:
    agency = next(one for one in EDITION.agencies if one.key == "gp")
    wanted = Criteria(needs=("health",), categories=("noise",), child=True)
    edition = EDITION.model_copy(update={"agencies": (agency.model_copy(update={"suggested_for": wanted}),)})
    for told in ((), (need("health"),), (HOUSEHOLD,)):
        assert suggested_agencies(h.recorded(case_of(report(MONDAY)), *told), edition) == ()
    both = need("health"), HOUSEHOLD
    assert suggested_agencies(h.recorded(case_of(report(MONDAY)), *both), edition) == ("gp",)
    assert suggested_agencies(h.recorded(case_of(report(MONDAY, "drugs")), *both), edition) == ()


@pytest.mark.parametrize(
    ("right", "wrong"), [('{ needs = ["dependency"]', "dependancy"), ('{ categories = ["noise"', "noyse")]
)
def test_an_edition_whose_criteria_name_what_there_is_not_is_refused(right: str, wrong: str) -> None:
    first, *beside = texts_of(FOLDER, EDITION.name)
    line, key = f"suggested_for = {right}", right.split('"')[1]
    assert any(line in text for text in beside)
    with pytest.raises(EditionNotSane, match=f"for what there is not: {wrong}"):
        from_toml(first, *(text.replace(line, line.replace(key, wrong)) for text in beside))
