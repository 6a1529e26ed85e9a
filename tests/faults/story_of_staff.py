"""What staff record, take in, print and pack."""

import asyncio
import base64
import os
import sys
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from uuid import uuid4

import httpx2

from gateways.bounces import SEAL
from policy.editions import in_force_on
from policy.working_days import london_day
from tests.api.product import Caller
from tests.evidence_samples import NOT_TAKEN, SAMPLES, TO_BE_FOUND
from tests.faults.story_of_residents import photo
from tests.faults.whole import Whole, ok, until
from tests.keys import TEST_KEYS

_PIPE: Final = Path(__file__).parents[2]


async def takes_legal_action(whole: Whole) -> tuple[str, str]:
    """A report, a letter, a refusal, a legal action; the references of the case and of the action."""
    said, officer = whole.said, whole.officer
    ref = await officer.reported(
        words=f"A {said.word('report: words')} noise.",
        complainant={
            "name": said.name("report: complainant"),
            "email": f"{said.word('report: e-mail')}@example.org",
            "address": [f"4 {said.name('report: address')} Way"],
            "prefers": "email",
        },
        about={
            "name": said.name("report: whom it is about"),
            "address": [f"5 {said.name('report: their address')} Close"],
        },
    )
    await officer.recorded(ref, "contact_made", means="phone", words=f"Ate {said.word('officer: contact')}.")
    again = {"channel": "phone", "words": f"A {said.word('incident: words')} noise."}
    ok(await officer.post(f"/api/cases/{ref}/incidents", again), 202)
    reasons = f"All is {said.in_passing('officer: reasons of a closing that is refused')}."
    ok(await officer.fact(ref, "case_closed", closing="with_letter", reasons=reasons), 409)
    effect = {"effect": f"A {said.word('officer: effect')} stair.", "causes": ["alcohol"], "substantial": True}
    await officer.recorded(ref, "effect_recorded", words="Beer.", **effect)
    proposed = {"remedy": "injunction", "tenure": "assured", "person": "perpetrator-1"}
    knife = {"very_serious": "He held a knife.", "reasons": f"A {said.word('legal action: reasons')} threat."}
    await officer.recorded(ref, "legal_action_proposed", **proposed, **knife)

    async def begun() -> Any:
        beside = (await officer.get(f"/api/cases/{ref}")).json()["beside"]
        url = f"/api/legal-actions/{beside[0]['ref']}" if beside else ""
        return beside and (await officer.get(url)).json()["deadlines"] and beside[0]["ref"]

    action = await until(begun)
    reviewed = {"fact": "team_reviewed", "goes_on": True, "words": said.word("legal action: team's words")}
    ok(await whole.supervisor.post(f"/api/legal-actions/{action}/facts", reviewed), 201)
    ok(await officer.get(f"/api/cases/{ref}/live"))
    return ref, action


async def sent_to_us(by: Caller, path: str, name: str, content: bytes) -> httpx2.Response:
    headers = by.headers() | {"Idempotency-Key": str(uuid4()), "File-Name": quote(name)}
    return await by.http.post(path, content=content, headers=headers)


async def takes_in_evidence(whole: Whole, ref: str) -> list[str]:
    """A picture that is passed on, one that had no case, malware, and what is not taken. Their ids."""
    said, officer = whole.said, whole.officer
    here, picture = f"/api/cases/{ref}/evidence", photo(said, "evidence: in the photo")
    names = [
        f"{said.word(f'evidence: name of {what}')}.bin" for what in ("a photo", "one without a case", "malware")
    ]
    taken = [
        ok(await sent_to_us(officer, path, name, content)).json()["id"]
        for path, name, content in zip(
            (here, "/api/evidence", here),
            names,
            (picture, SAMPLES["application/pdf"], SAMPLES["image/png"] + TO_BE_FOUND),
            strict=True,
        )
    ]
    program = f"{said.in_passing('evidence: name of a file not taken')}.exe"
    ok(await sent_to_us(officer, here, program, NOT_TAKEN["a program"]), 415)
    body = {"kind": "photo", "words": f"With {said.word('evidence: words')}.", "files": taken[:2]}
    await officer.recorded(ref, "evidence_received", **body)

    async def stripped() -> Any:
        copy = await officer.post(f"{here}/{taken[0]}/shared-copy", {"to": "police"})
        return copy.content if copy.status_code == 200 else None

    async def seen_through() -> bool:
        return (await officer.get(f"{here}/{taken[2]}/file")).json().get("type") == "/problems/malware-found"

    artist = said.passing["evidence: in the photo"].encode()
    assert artist not in await until(stripped)
    assert artist in ok(await officer.get(f"{here}/{taken[0]}/file")).content
    await until(seen_through)
    assert ".bin" in ok(await officer.get(here)).text
    return taken


def came_back(whole: Whole, raw: bytes, where: str) -> bytes:
    """What a mail server says of one of our e-mails."""
    mail = message_from_bytes(raw)
    said = f"Diagnostic-Code: smtp; 550 no {whole.said.in_passing(where)} here\r\n".encode()
    headers = f"To: {mail['To']}\r\nMessage-ID: {mail['Message-ID']}\r\n{SEAL}: {mail[SEAL]}\r\n".encode()
    return (
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.invalid\r\n\r\n"
        b"Action: failed\r\nStatus: 5.1.1\r\n" + said + b"\r\n"
        b"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n" + headers + b"\r\n--b--\r\n"
    )


async def letters_come_back_and_are_printed(whole: Whole) -> bytes:
    """One told over HTTP and one by a pipe, both made out for the post; one goes and one is spoilt. What the pipe
    said.
    """
    said, officer = whole.said, whole.officer
    refs = []
    for number in ("first", "second"):
        them = {
            "name": said.name(f"print run: {number} name"),
            "email": f"{said.word(f'bounce: {number} e-mail')}@example.org",
            "address": [f"2 {said.name(f'print run: {number} address')}", "Sevenoaks"],
            "prefers": "email",
        }
        refs.append(await officer.reported(complainant=them))
    raws = []
    for ref in refs:
        raws.append((await whole.mailed(ref))[0])
        await until(lambda ref=ref: whole.facts(ref, "letter_sent"))  # type: ignore[misc] # of this turn
    first = base64.b64encode(came_back(whole, raws[0], "bounce: what the server says")).decode()
    told = ok(await whole.staff("ops").post("/api/mail/bounces", {"message": first}))
    assert told.json() == {"came_of": "recorded"}
    piped = await through_the_pipe(whole, came_back(whole, raws[1], "bounce: what the server says to the pipe"))
    for ref in refs:
        await until(lambda ref=ref: whole.facts(ref, "letter_ready_to_post"))  # type: ignore[misc] # as above
    run = ok(await officer.post("/api/print-runs", {})).json()
    letters = {line["case_ref"]: line["id"] for line in run["lines"]}
    where = f"/api/print-runs/{run['id']}"
    assert ok(await officer.get(f"{where}/letters.pdf")).content.startswith(b"%PDF")
    for way, ref in (("posted", refs[0]), ("taken-out", refs[1])):
        came = ok(await officer.post(f"{where}/{way}", {"letters": [letters[ref]]})).json()["told"]
        assert [one["came_of"] for one in came] == ["recorded"], came
    return piped


async def through_the_pipe(whole: Whole, message: bytes) -> bytes:
    wanted = whole.stack.settings
    database = wanted.worker_database_url or wanted.database_url
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(_PIPE),
        "CASEWORK_LOG_LEVEL": "debug",
        "CASEWORK_DATABASE_URL": database.get_secret_value(),
        "CASEWORK_TEMPORAL_ADDRESS": wanted.temporal_address,
        "CASEWORK_TOKEN_SECRET": wanted.token_secret.get_secret_value(),
        "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
        "CASEWORK_EVIDENCE_URL": wanted.evidence_url,
    }
    command = [sys.executable, "-m", "cli.main", "bounce"]
    started = await asyncio.create_subprocess_exec(*command, env=environment, stdin=-1, stdout=-1, stderr=-1)
    out, err = await started.communicate(message)
    assert started.returncode == os.EX_OK, err
    return out + err


async def is_sent_a_text(whole: Whole) -> None:
    """In the hours in which texts go; by night it waits."""
    number = whole.said.told("text message: number", "07700900472")
    them = {"name": whole.said.name("text message: name"), "phone": number, "prefers": "text"}
    ref = await whole.officer.reported(complainant=them)

    async def came() -> bool:
        return any(ref in one["text"] and one["to"] == number for one in whole.texts.taken.values())

    if in_force_on(london_day(now := datetime.now(UTC))).letters.texts.hold(now):
        await until(came)


async def packs_are_made(whole: Whole, ref: str) -> None:
    said = whole.said
    court = {"reader": "court", "ground": "legal_claim", "purpose": said.word("pack: for a court")}
    subject = {"reader": "subject", "ground": "right_of_access", "about": "complainant"}
    for by, asked in (
        (whole.supervisor, court),
        (whole.staff("data_protection"), subject | {"purpose": said.word("pack: for who asks")}),
    ):
        url = f"/api/cases/{ref}/packs"
        url = f"{url}/{ok(await by.post(url, asked), 202).json()['id']}"

        async def made(by: Caller = by, url: str = url) -> bool:
            return bool((await by.get(url)).json()["state"] == "made")

        await until(made)
        assert ok(await by.get(f"{url}/pdf")).content.startswith(b"%PDF")


async def reviews_the_case(whole: Whole, ref: str) -> None:
    """As its complainant asked by their page; and one that somebody asks for who has no case."""
    said = whole.said
    asker = {"name": said.name("review: asker"), "email": f"{said.word('review: e-mail')}@example.org"}
    words = {"asked_by": "friend", "victim_agrees": True, "words": f"Still {said.word('review: words')}."}
    asked = words | {"district": "canterbury", "asker": asker}
    ok(await whole.public.post("/api/case-reviews", asked), 201)
    beside = (await whole.officer.get(f"/api/cases/{ref}")).json()["beside"]
    (review,) = [one["ref"] for one in beside if one["kind"] == "case-review"]
    where, officer = f"/api/case-reviews/{review}", whole.staff("officer", "officer-9")
    for kind in ("pdf", "txt"):
        ok(await officer.get(f"{where}/letter.{kind}"))
    means = {"means": "email", "words": f"As {said.word('review: how it was acknowledged')}."}
    ok(await officer.post(f"{where}/facts", {"fact": "case_review_acknowledged"} | means), 201)
    heard = {"means": "phone", "words": f"She is {said.word('review: what the victim says')}."}
    ok(await officer.post(f"{where}/facts", {"fact": "victim_heard"} | heard), 201)
    sum_ = ok(await officer.get(f"{where}/threshold")).json()
    reasons = {"reports": [one["report"] for one in sum_["reports"]], "reasons": said.word("review: reasons")}
    decided = {"fact": "threshold_decided", "met": sum_["met"]} | reasons
    ok(await whole.staff("supervisor", "supervisor-9").post(f"{where}/facts", decided), 201)
    assert said.recorded["review: reasons"] in ok(await officer.get(f"{where}/letter.txt")).text
