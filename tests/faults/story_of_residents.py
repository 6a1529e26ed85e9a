"""What residents and agencies tell by our pages: a report, and all that stands behind private links."""

import re
from io import BytesIO
from typing import Any, Final
from uuid import uuid4

import httpx2
from PIL import Image

from tests.evidence_samples import SAMPLES
from tests.faults.said import Said
from tests.faults.whole import OUR_PAGE, Whole, ok, until

PHONE: Final = "01632960471"
DIGITS: Final = PHONE[-4:]


def photo(said: Said, where: str) -> bytes:
    """As a phone makes it: it says whose it is. Unlike any other."""
    exif = Image.Exif()
    exif[0x013B] = said.in_passing(where)
    written = BytesIO()
    Image.new("RGB", (40, 24), (len(said.passing), 40, 40)).save(written, "JPEG", exif=exif)
    return written.getvalue()


async def reported_by_page(whole: Whole) -> str:
    """Question by question, with a number that is none at first; sent while the engine is away, so that the relay
    carries it there. The reference.
    """
    said = whole.said
    answers: dict[str, dict[str, str]] = {
        "who": {"reporter": "victim"},
        "what": {"category": "noise"},
        "words": {"words": f"It is {said.word('report page: what happened')}."},
        "because": {"hate": "no"},
        "where": {"where": f"The stairs of {said.name('report page: where')}"},
        "them": {
            "their_name": said.name("report page: their name"),
            "their_address": f"5 {said.name('report page: where they live')}",
        },
        "close": {"close": "no"},
        "you": {
            "name": said.name("report page: your name"),
            "phone": said.told("report page: telephone", PHONE),
            "email": f"{said.word('report page: e-mail')}@example.org",
            "address": f"4 {said.name('report page: your address')}\nSevenoaks TN13 1AA",
        },
        "safe": {"safe": "email"},
        "needs": {"other_needs": said.word("report page: needs")},
    }
    async with whole.browser() as http:
        at = ok(await http.post("/report")).headers["location"]
        said.secret("the draft of a report", next(one.value or "" for one in http.cookies.jar))
        while not at.endswith("/check"):
            about = at.rpartition("/")[2]
            if about == "you":
                ring = {"phone": f"ask for {said.in_passing('report page: mistyped')}"}
                assert ring["phone"] in ok(await http.post(at, data=answers[about] | ring), 422).text
            at = ok(await http.post(at, data=answers.get(about, {}))).headers["location"]
        ok(await http.get(at))
        whole.stack.end("temporal")
        at = ok(await http.post(at)).headers["location"]
        await whole.stack.begin_again("temporal")
        await whole.stack.until_ready()
        shown = ok(await http.get(at)).text
    found = re.search(r"CW-\d{4}-\d{6}", shown)
    assert found is not None, shown
    await whole.mailed(found[0])
    return found[0]


async def entered(http: httpx2.AsyncClient, whole: Whole, link: str, whose: str) -> None:
    """Past the second fact, after a wrong guess, and what a mail program put behind the link."""
    said = whole.said
    ok(await http.get(f"{link}?utm_source={said.in_passing(f'behind the link of {whose}')}"))
    ok(await http.post(link, data={"answer": said.in_passing(f"guessed at {whose}")}), 422)
    ok(await http.post(link, data={"answer": DIGITS}))
    said.secret(f"the cookie of {whose}", next(one.value or "" for one in http.cookies.jar))


async def tells_from_their_own_case(whole: Whole, ref: str) -> None:
    said = whole.said
    link = await whole.link("my case", ref, "See where things stand")
    ways: dict[str, dict[str, Any]] = {
        "call-back": {"words": f"About the {said.word('my case: call-back')}."},
        "again": {"words": f"A {said.word('my case: again')} noise."},
        "need": {"kind": "sight", "helps": ["large_print"], "words": said.word("my case: need")},
        "review": {"district": "sevenoaks", "words": f"No {said.word('my case: review')}."},
    }
    async with whole.browser() as http:
        await entered(http, whole, link, "my case")
        for about, form in ways.items():
            ok(await http.post(f"/my-case/{about}", data=form | {"key": str(uuid4())}))
        bad = {"key": str(uuid4()), "kind": said.in_passing("my case: no kind of need")}
        ok(await http.post("/my-case/need", data=bad), 422)
        sent = {
            "words": (None, f"The {said.word('my case: of the file')}."),
            "files": (
                f"{said.word('my case: file name')}.jpg",
                photo(said, "my case: in the photo"),
                "image/jpeg",
            ),
        }
        ok(await http.post("/my-case/file", files=sent))
        program = (f"{said.in_passing('my case: name of a file not taken')}.exe", b"MZ\x90\x00" + bytes(2000))
        assert program[0] in ok(await http.post("/my-case/file", files={"files": program}), 422).text
        assert "Where things stand" in ok(await http.get("/my-case")).text
        ok(await http.get("/leave"))

    async def begun() -> Any:
        return len(await whole.facts(ref, "incident_reported")) and await whole.facts(ref, "case_review_begun")

    await until(begun)


async def writes_a_diary(whole: Whole, ref: str) -> None:
    said = whole.said
    issued = await whole.officer.recorded(ref, "diary_issued", words=said.word("officer: diary issued"))
    link = await whole.link("the diary", ref, "Or write on a page of ours")
    async with whole.browser() as http:
        await entered(http, whole, link, "the diary")
        entry = {
            "words": (None, f"The {said.word('diary: what happened')} again."),
            "others": (None, said.name("diary: who else")),
            "felt": (None, said.word("diary: how it was")),
            "files": (f"{said.word('diary: file name')}.wav", SAMPLES["audio/wav"], "audio/wav"),
        }
        ok(await http.post(f"/diary/{uuid4()}", files=entry))
        ok(await http.get("/diary"))
        ok(await http.post("/diary"))
        assert "We have it" in ok(await http.get("/diary")).text
    matter = f"diary-{issued['seq']}"
    shown = await whole.officer.get(f"/api/cases/{ref}/diaries/{matter}")
    assert said.recorded["diary: how it was"] in ok(shown).text
    reading = {"matter": matter, "words": f"It shows {said.word('officer: what the diary shows')}."}
    await whole.officer.recorded(ref, "evidence_read", **reading)


async def answers_our_questions(whole: Whole) -> None:
    """Once their case has closed with a letter."""
    said, officer = whole.said, whole.officer
    them = {"name": "Ashley Sample", "phone": PHONE, "email": "ashley@example.org", "prefers": "email"}
    ref = await officer.reported(complainant=them)
    assessed = {"seriousness": "ordinary", "categories": ["noise"], "limb": "b", "reasons": "As told."}
    await officer.recorded(ref, "assessed", **assessed)
    await officer.recorded(ref, "contact_made", means="phone", words="Spoke with her.")
    explained = f"It is {said.word('closing letter: why')} now."
    await officer.recorded(ref, "closure_proposed", outcome="stopped", explanation=explained)

    async def closed() -> bool:
        reasons = "All is quiet."
        answer = await officer.fact(ref, "case_closed", closing="with_letter", reasons=reasons)
        return answer.status_code == 201

    await until(closed)
    link = await whole.link("the questionnaire", ref, "How did we do?")
    async with whole.browser() as http:
        await entered(http, whole, link, "the questionnaire")
        said_so = {"easy_to_tell": "very_easy", "words": f"You were {said.word('questionnaire: what else')}."}
        ok(await http.post("/questions", data=said_so))
        assert "Thank you for your answers" in ok(await http.get("/questions")).text


async def agencies_answer(whole: Whole) -> str:
    """One on our page, by the link in its e-mail, which it returns; one from its own system."""
    said, officer = whole.said, whole.officer
    ref = await officer.reported(complainant={"name": said.name("referred"), "phone": "01632 960 002"})
    await officer.recorded(ref, "consent_given", purpose="referral", words=said.word("officer: consent"))
    for agency in ("victim_support", "floating_support"):
        what, why = (said.word(f"officer: {part} we tell {agency}") for part in ("what", "why"))
        told = {"about": ["complainant"], "what": f"She is {what}.", "why": why, "gateway": "consent"}
        await officer.recorded(ref, "referral_proposed", agency=agency, **told)
    page = await whole.link("the agency", said.recorded["officer: why we tell victim_support"])
    shown = ok(await whole.http.get(page)).text
    key = re.search(r'name="key" value="([^"]+)"', shown)
    assert key is not None, shown
    answers = {"key": key[1], "what": "can_help", "words": f"We do {said.word('answer page: words')}."}
    ok(await whole.http.post(page, data=answers, headers=OUR_PAGE), 303)

    async def reached() -> Any:
        return list(whole.agency.taken.values())

    (message,) = await until(reached)
    system: str = message["data"]["answer"]["link"]
    whole.opens("the agency's system", system)
    taken_up = {"fact": "referral_answered", "taken_up": True, "words": said.word("answer of a system: words")}
    ok(await whole.public.post(system, taken_up), 201)
    return page
