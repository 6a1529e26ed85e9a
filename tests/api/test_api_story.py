"""A case over HTTP, from a report by anybody to the closing letter."""

import io

import httpx2
import pikepdf

from tests.api.product import Product, assessment, problem, report, until
from tests.given import EDITION
from tests.policy.happenings import ANSWERS
from tests.policy.random_safety import answers


async def handle(product: Product, ref: str) -> None:
    """What a serious case is owed before it closes, and what a client is told to offer."""
    await product.officer.recorded(ref, "police_advised", means="phone", words="999.")
    await product.officer.recorded(
        ref, "appointment_offered", means="phone", appointment_at="2050-01-01T10:00:00Z", words="Offered."
    )
    refused = await product.officer.fact(ref, "closure_proposed", outcome="stopped", explanation="It stopped.")
    body = problem(refused, 409, "case-not-ready-to-close")
    assert set(body["missing_facts"]) == {
        "safety_considered",
        "risk_assessed",
        "partners_consulted",
        "case_reviewed",
        "perpetrator_written_to",
        "perpetrator_not_told",
        "closing_discussed",
    }
    await product.officer.recorded(ref, "safety_considered", measures=["none_wanted"], words="Wants to stay.")
    await product.officer.recorded(ref, "risk_assessed", answers=answers(0), words="Asked all of it.")
    await product.officer.recorded(ref, "partners_consulted", partners=["police"], words="They know.")
    review = {"policy_followed": True, "words": "Well done."}
    incomplete = await product.supervisor.fact(ref, "case_reviewed", **review)
    assert problem(incomplete, 409, "review-incomplete")["missing"] == [
        question.asks for question in EDITION.review_questions
    ]
    await product.supervisor.recorded(
        ref, "case_reviewed", policy_followed=True, words="Well done.", answers=ANSWERS
    )
    await product.officer.recorded(ref, "perpetrator_not_told", reasons="Nobody knows who it was.")
    await product.officer.recorded(ref, "closing_discussed", agrees=True, words="She is glad.")


def sandboxed(file: httpx2.Response, name: str) -> None:
    """A file that a browser saves under a name of nobody; opened all the same, nothing in it runs."""
    assert file.status_code == 200
    assert file.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert file.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["cache-control"] == "no-store"


async def test_a_case_from_report_to_closing_letter(product: Product) -> None:
    answer = await product.public.post("/api/reports", report())
    assert answer.status_code == 201
    ref = answer.json()["ref"]
    assert answer.headers["Location"] == f"/api/cases/{ref}"
    assert answer.json()["opened"] is True

    async def acknowledged() -> object:
        assert product.mailbox is not None
        return product.mailbox.messages()

    (mail,) = await until(acknowledged)
    assert mail.to == ("rowan@example.org",)
    assert mail.attachments == (f"{ref}.pdf",)
    assert ref in mail.subject

    await product.officer.recorded(ref, "contact_made", means="phone", words="Spoke.")
    await product.officer.recorded(ref, "assessed", **assessment(seriousness="serious"))
    told = await product.officer.post(f"/api/cases/{ref}/incidents", {"channel": "phone", "words": "Again."})
    assert told.status_code == 202
    assert told.json() | {"report": "x"} == {"ref": ref, "report": "x", "opened": True}

    refused = await product.officer.fact(ref, "case_closed", closing="with_letter", reasons="Done.")
    body = problem(refused, 409, "case-not-ready-to-close")
    assert body["row"] == "closing-letter"
    assert body["section"]
    assert "proposed closure" in body["missing"]
    assert "proposed closure" in body["detail"]

    await handle(product, ref)
    await product.officer.recorded(ref, "closure_proposed", outcome="stopped", explanation="It stopped.")
    problem(await product.officer.fact(ref, "closure_approved", words="Yes."), 403, "not-yours-to-do")
    await product.supervisor.recorded(ref, "closure_approved", words="Yes.")

    async def written() -> object:
        letters = (await product.officer.get(f"/api/cases/{ref}")).json()["letters"]
        return [each for each in letters if each["kind"] == "closing-letter" and each["state"] == "sent"]

    (letter,) = await until(written)
    closing = {"closing": "with_letter", "reasons": "Done."}

    async def closed() -> object:
        return (await product.officer.fact(ref, "case_closed", **closing)).status_code == 201

    await until(closed)
    pdf = await product.officer.get(f"/api/cases/{ref}/letters/{letter['id']}.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    sandboxed(pdf, f"{ref}-closing-letter.pdf")
    sandboxed(await product.officer.get(f"/api/cases/{ref}/timeline.jsonl"), f"{ref}-timeline.jsonl")
    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        assert opened.Root.MarkInfo.Marked

    case = (await product.officer.get(f"/api/cases/{ref}")).json()
    assert case["standing"]["stage"] == "closed"
    (asked,) = case["standing"]["deadlines"]
    assert (asked["owed_by"], asked["row"]) == ("resident", "satisfaction-questionnaire")
    again = await product.officer.fact(ref, "contact_made", means="phone", words="Late.")
    assert problem(again, 409, "case-is-closed")["row"] == "closing-letter"
    more = await product.officer.post(f"/api/cases/{ref}/incidents", {"channel": "phone", "words": "Again."})
    problem(more, 409, "case-is-closed")
    answers = {"satisfied": "very"}
    problem(
        await product.officer.fact(ref, "questionnaire_answered", matter=asked["key"], answers={"satisfied": "x"}),
        409,
        "answer-not-known",
    )
    await product.officer.recorded(ref, "questionnaire_answered", matter=asked["key"], answers=answers)
    assert (await product.officer.get(f"/api/cases/{ref}")).json()["standing"]["deadlines"] == []
