"""A referral over HTTP: proposed on its case, carried on beside it, and what each side sees of the other."""

from typing import Any

from rich.progress import Progress
from sqlalchemy import text

from cli.rebuild import rebuild
from cli.verify import verify
from tests.api.product import Product, problem, until

TOLD = {
    "agency": "education",
    "about": ["complainant"],
    "what": "Her address.",
    "why": "Help.",
    "gateway": "consent",
}


async def agreed(product: Product) -> str:
    ref = await product.officer.reported()
    await product.officer.recorded(ref, "consent_given", purpose="referral", words="Yes.")
    return ref


async def begun(product: Product, ref: str) -> str:
    """The only referral beside the case, once it is there."""

    async def running() -> Any:
        (beside,) = (await product.officer.get(f"/api/cases/{ref}")).json()["beside"]
        live = await product.officer.get(f"/api/referrals/{beside['ref']}/live")
        recorded = (await shown(product, beside["ref"]))["file"]["seq"]
        return beside["ref"] if live.status_code == 200 and recorded else None

    return str(await until(running))


async def referred(product: Product) -> tuple[str, str]:
    ref = await agreed(product)
    await product.officer.recorded(ref, "referral_proposed", **TOLD)
    return ref, await begun(product, ref)


async def act(product: Product, referral: str, fact: str, **said: Any) -> Any:
    return await product.officer.post(f"/api/referrals/{referral}/facts", {"fact": fact} | said)


async def shown(product: Product, referral: str) -> dict[str, Any]:
    told: dict[str, Any] = (await product.officer.get(f"/api/referrals/{referral}")).json()
    return told


async def stage_is(product: Product, referral: str, stage: str) -> dict[str, Any]:
    async def there() -> Any:
        told = await shown(product, referral)
        return told if told["file"]["stage"] == stage else None

    found: dict[str, Any] = await until(there)
    return found


async def on_case(product: Product, ref: str) -> list[str]:
    page = (await product.officer.get(f"/api/cases/{ref}/timeline")).json()
    return [one["fact"] for one in page["entries"] if one["fact"].startswith("referral_")]


async def test_a_referral_is_answered_and_helps_and_its_case_hears_of_it(product: Product) -> None:
    ref, referral = await referred(product)
    assert referral.startswith(f"{ref}-")
    told = await shown(product, referral)
    assert (told["kind"], told["file"]["stage"], told["over"]) == ("referral", "to_send", False)
    assert [(one["key"], one["row"]) for one in told["deadlines"]] == [("sending", "joint-approach")]
    assert "referral_handed_over" in told["offered"]
    assert "referral_sent" not in told["offered"], "the system sends"
    for fact, said in (
        ("referral_handed_over", {"words": "Rang them."}),
        ("referral_acknowledged", {}),
        ("referral_answered", {"taken_up": True, "words": "We see her."}),
    ):
        answer = await act(product, referral, fact, **said)
        assert answer.status_code == 201, answer.text

    async def knows() -> Any:
        return "referral_taken_up" in await on_case(product, ref)

    async def finished_on_case() -> Any:
        return (await on_case(product, ref))[-1] == "referral_finished"

    await until(knows)
    answer = await act(product, referral, "referral_ended", outcome="helped", reasons="She sleeps.")
    assert answer.status_code == 201

    async def over() -> Any:
        return (await shown(product, referral))["over"]

    await until(over)
    late = await act(product, referral, "referral_chased", words="So.")
    assert problem(late, 409, "referral-step-not-open")["detail"] == "This referral is over."
    await until(finished_on_case)
    assert (await on_case(product, ref))[:2] == ["referral_proposed", "referral_told"]
    line = (await product.officer.get(f"/api/cases/{ref}")).json()["beside"][0]
    assert (line["kind"], line["stage"], line["finished"]) == ("referral", "over", True)
    page = (await product.officer.get(f"/api/referrals/{referral}/timeline")).json()
    assert page["entries"][0]["fact"] == "referral_begun"


async def test_nobody_is_referred_without_consent_unless_a_supervisor_names_a_lawful_reason(
    product: Product,
) -> None:
    ref = await product.officer.reported()
    refused = problem(await product.officer.fact(ref, "referral_proposed", **TOLD), 409, "no-gateway")
    assert (refused["row"], refused["missing"]) == ("information-sharing", ["the consent of the complainant"])
    lawful = TOLD | {"lawful_reason": "child_or_adult_at_risk"}
    theirs = problem(await product.officer.fact(ref, "referral_proposed", **lawful), 409, "no-gateway")
    assert theirs["missing"] == ["a supervisor's decision"]
    to_the_police = await product.officer.fact(ref, "referral_proposed", **TOLD | {"agency": "police"})
    police = problem(to_the_police, 409, "police-referred-otherwise")
    assert police["missing_facts"] == ["police_referral_made"]
    assert (await product.officer.get(f"/api/cases/{ref}")).json()["beside"] == []
    await product.supervisor.recorded(ref, "referral_proposed", **lawful)
    assert (await shown(product, await begun(product, ref)))["file"]["overridden"]


async def test_a_consent_taken_back_reaches_the_referral_and_the_agency_is_to_be_told(product: Product) -> None:
    ref, referral = await referred(product)
    assert (await act(product, referral, "referral_handed_over", words="Rang them.")).status_code == 201
    await product.officer.recorded(ref, "consent_withdrawn", purpose="referral", words="No more.")
    told = await stage_is(product, referral, "withdrawn_to_tell")
    assert [(one["key"], one["row"]) for one in told["deadlines"]] == [("withdrawal", "information-sharing")]
    assert told["offered"] == [
        *("referral_acknowledged", "referral_answered", "referral_work_reported", "agency_told_of_withdrawal")
    ]
    assert "referral_finished" not in await on_case(product, ref)
    answer = await act(product, referral, "agency_told_of_withdrawal", words="Rang them.")
    assert answer.status_code == 201

    async def knows() -> Any:
        return "referral_finished" in await on_case(product, ref)

    await until(knows)


async def test_what_the_policy_or_the_role_does_not_allow_changes_nothing(product: Product) -> None:
    _, referral = await referred(product)
    early = await act(product, referral, "referral_work_reported", words="So.")
    assert problem(early, 409, "referral-step-not-open")["row"] == "partner-referrals"
    for fact in ("referral_sent", "consent_told", "contact_made"):
        assert problem(await act(product, referral, fact, key="send-1", stands=True), 422, "not-understood")
    assert problem(await act(product, "CW-2026-000001-99", "referral_acknowledged"), 404, "not-found")
    assert problem(await product.officer.get(f"/api/legal-actions/{referral}"), 404, "not-found")
    page = (await product.officer.get(f"/api/referrals/{referral}/timeline")).json()
    assert [one["fact"] for one in page["entries"]] == ["referral_begun"]


async def test_the_records_of_it_hold_and_can_be_made_anew(product: Product) -> None:
    _, referral = await referred(product)
    await act(product, referral, "referral_handed_over", words="Rang them.")

    async def quiet() -> Any:
        told = await shown(product, referral)
        return told if told["file"]["told"]["stage"] == "sent" else None

    before = await until(quiet)
    with Progress(disable=True) as progress:
        assert await rebuild(product.settings, progress) == 1
        found = await verify(product.settings, progress)
    assert found.clean, found
    assert await shown(product, referral) == before
    async with product.records.writing() as db:
        await db.connection.execute(text("UPDATE procedures SET stage = 'ended'"))
    with Progress(disable=True) as progress:
        [fault] = (await verify(product.settings, progress)).faults
    assert (fault.case_ref, fault.why) == (referral, "the register's row is not what its timeline makes it")
