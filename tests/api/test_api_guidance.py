"""first-contact-guidance: whoever takes a report sees what to ask, what to advise and whom to ring."""

from tests.api.product import Product, problem
from tests.given import EDITION


async def test_guidance_for_a_category_begins_with_what_is_asked_of_everybody(door: Product) -> None:
    told = (await door.officer.get("/api/guidance/hate")).json()
    assert (told["edition"], told["row"], told["section"]) == (EDITION.name, "first-contact-guidance", "4")
    assert "our reading" in told["source"]
    (hate,) = told["categories"]
    assert (hate["category"], hate["presumed_serious"]) == ("hate", True)
    assert hate["ask"][: len(told["always"]["ask"])] == told["always"]["ask"]
    assert hate["ask"][-1] == EDITION.guidance.of["hate"].ask[-1]
    assert hate["ring"][0]["number"] == "999"
    assert {key: hate["ring"][-1][key] for key in ("who", "number")} == {
        "who": "Our community safety team",
        "number": None,
    }


async def test_guidance_as_a_whole_holds_every_category_in_the_editions_order(door: Product) -> None:
    told = (await door.supervisor.get("/api/guidance")).json()
    assert [each["category"] for each in told["categories"]] == [c.key for c in EDITION.categories]


async def test_a_category_that_is_none_is_answered_with_those_there_are(door: Product) -> None:
    told = problem(await door.officer.get("/api/guidance/tea"), 404, "category-not-found")
    assert "noise" in told["detail"]
    assert told["row"] == "first-contact-guidance"


async def test_guidance_is_for_whoever_takes_reports(door: Product) -> None:
    problem(await door.ops.get("/api/guidance"), 403, "not-yours-to-do")
