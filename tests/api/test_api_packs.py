"""case-pack: asked for with a ground, made in the background, and entered in the register before it leaves."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from activities.packing import Packer, Packing
from activities.retention import Keeper, Turn
from gateways.evidence_files import opened
from policy.facts import Entry
from policy.packs.readers import KEPT
from store import diaries, packs, recording
from store.diaries import Diary, DiaryEntry
from tests.api.product import Caller, Product, problem, until

ROWAN = {"name": "Rowan Example", "email": "rowan@example.org", "prefers": "email"}
PAT = {"name": "Pat Sample", "address": ["3 Made-up Close"]}
COURT = {"reader": "court", "ground": "legal_claim", "purpose": "The hearing of 9 March."}
SUBJECT = {
    "reader": "subject",
    "ground": "right_of_access",
    "purpose": "Asked in writing.",
    "about": "complainant",
}


async def a_case(product: Product) -> str:
    """With words of hers about him, and of somebody else."""
    ref = await product.officer.reported(complainant=ROWAN, about=PAT, words="Quokkas. Pat Sample shouts.")
    await product.officer.recorded(ref, "contact_made", means="phone", words="Narwhals. Rowan is afraid of pat.")
    await product.officer.recorded(ref, "person_joined", key="witness-1", part="witness")
    await product.officer.recorded(ref, "person_contacted", person="witness-1", means="phone", words="Wombats.")
    return ref


async def made(caller: Caller, ref: str, body: dict[str, Any], key: str | None = None) -> dict[str, Any]:
    asked = await caller.post(f"/api/cases/{ref}/packs", body, key)
    assert asked.status_code == 202, asked.text
    url = f"/api/cases/{ref}/packs/{asked.json()['id']}"

    async def done() -> dict[str, Any] | None:
        line: dict[str, Any] = (await caller.get(url)).json()
        return line if line["state"] == "made" else None

    line: dict[str, Any] = await until(done, 30)
    return line


def as_read(pdf: bytes, folder: Path) -> str:
    file = folder / f"{uuid4()}.pdf"
    file.write_bytes(pdf)
    return subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True).stdout


async def test_a_pack_is_made_in_the_background_and_taking_it_stands_in_the_register(
    product: Product, tmp_path: Path
) -> None:
    ref = await a_case(product)
    dpo, supervisor = product.as_("data_protection", "dpo"), product.supervisor
    letter = await until(lambda: _letter_went(product, ref), 60)
    assert letter
    line = await made(supervisor, ref, COURT)
    assert (line["percent"], len(line["sha256"]), line["reader"]) == (100, 64, "court")
    before = (await dpo.get("/api/disclosures")).json()["disclosures"]
    taken = await supervisor.get(f"/api/cases/{ref}/packs/{line['id']}/pdf")
    assert taken.status_code == 200
    assert f"{ref}-pack-for-court.pdf" in taken.headers["content-disposition"]
    told = as_read(taken.content, tmp_path)
    assert "Wombats" in told
    assert "Letter of entry" in told
    assert not [name for name in ("Rowan", "Pat ", "pat.", "Made-up") if name in told]
    after = (await dpo.get("/api/disclosures")).json()["disclosures"]
    assert len(after) == len(before) + 1
    assert (after[0]["what"], after[0]["told"], after[0]["lawful_reason"]) == (
        "pack_taken",
        ["court"],
        "legal_claim",
    )
    assert (after[0]["case_ref"], after[0]["about"]) == (ref, None)
    looked = (await dpo.get("/api/lookings", about=ref)).json()["lookings"]
    assert "make_pack" in {one["what"] for one in looked}

    hers = await made(dpo, ref, SUBJECT)
    taken = await dpo.get(f"/api/cases/{ref}/packs/{hers['id']}/pdf")
    told = as_read(taken.content, tmp_path)
    assert "Quokkas" in told
    assert not [word for word in ("Wombats", "Pat ", "Sample", "Made-up", "witness") if word in told]
    newest = (await dpo.get("/api/disclosures")).json()["disclosures"][0]
    assert (newest["told"], newest["about"]) == (["subject"], ["complainant"])

    again = await made(supervisor, ref, COURT | {"as_of": line["until"][ref]})
    assert (again["id"] != line["id"], again["sha256"]) == (True, line["sha256"])
    listed = (await supervisor.get(f"/api/cases/{ref}/packs")).json()["packs"]
    assert {one["id"] for one in listed} == {line["id"], hers["id"], again["id"]}
    earlier = await made(supervisor, ref, COURT | {"as_of": 1})
    assert earlier["until"] == {ref: 1}
    assert earlier["sha256"] != line["sha256"]


async def wrote_and_sent(product: Product, ref: str, matter: str, words: str) -> None:
    """As somebody does on their page."""
    diary, now = Diary(case_ref=ref, matter=matter), datetime.now(UTC)
    issued = await product.officer.post(f"/api/cases/{ref}/private-links", {"purpose": "diary", "matter": matter})
    assert issued.status_code == 201, issued.text
    written = DiaryEntry(id=str(uuid4()), words=words, kept_at=now)
    async with product.resources.everything.writing() as db:
        assert await diaries.keep(db, diary, issued.json()["id"], written)
        await diaries.send(db, diary, [written.id], now)


async def test_a_diary_that_was_written_by_a_private_link_is_read_in_a_pack(
    product: Product, tmp_path: Path
) -> None:
    ref = await a_case(product)
    issued = await product.officer.recorded(ref, "diary_issued", words="Please write it down.")
    matter = f"diary-{issued['seq']}"
    await wrote_and_sent(product, ref, matter, "Numbats, says Pat Sample.")
    await product.officer.recorded(ref, "diary_returned", matter=matter, words="Sent by their private link.")
    assert await until(lambda: _letter_went(product, ref, "diary-sheets"), 60)
    line = await made(product.supervisor, ref, COURT)
    taken = await product.supervisor.get(f"/api/cases/{ref}/packs/{line['id']}/pdf")
    told = as_read(taken.content, tmp_path)
    assert "Numbats, says [perpetrator 1]." in told
    assert "Letter with the diary sheets" in told
    assert "____" not in told
    assert "sheets to fill in" in told
    again = await made(product.supervisor, ref, COURT | {"as_of": line["until"][ref]})
    assert again["sha256"] == line["sha256"]


async def _letter_went(product: Product, ref: str, kind: str = "") -> bool:
    entries = (await product.officer.get(f"/api/cases/{ref}/timeline")).json()["entries"]
    return any(one["fact"] == "letter_sent" and one["content"]["key"].startswith(kind) for one in entries)


async def test_the_same_key_asks_for_one_pack_and_for_no_other(product: Product) -> None:
    ref = await product.officer.reported()
    key = str(uuid4())
    first = await made(product.supervisor, ref, COURT, key)
    assert (await made(product.supervisor, ref, COURT, key))["id"] == first["id"] == key
    other = await product.supervisor.post(f"/api/cases/{ref}/packs", COURT | {"purpose": "Another."}, key)
    problem(other, 409, "key-used-for-another-body")


async def test_what_is_being_made_cannot_be_taken_and_nothing_is_entered(door: Product, ref: str) -> None:
    """The door has no engine: what was asked for waits, and is begun by asking again."""
    key = str(uuid4())
    away = await door.supervisor.post(f"/api/cases/{ref}/packs", COURT, key)
    problem(away, 404, "entry-not-found")
    await _with_an_entry(door, ref)
    problem(await door.supervisor.post(f"/api/cases/{ref}/packs", COURT, key), 503, "engine-away")
    line = (await door.supervisor.get(f"/api/cases/{ref}/packs/{key}")).json()
    assert (line["state"], line["percent"]) == ("being_made", 0)
    waiting = await door.supervisor.get(f"/api/cases/{ref}/packs/{key}/pdf")
    assert "0 percent" in problem(waiting, 409, "pack-being-made")["detail"]
    async with door.records.writing() as db:
        await packs.failed(db, key)
    problem(await door.supervisor.get(f"/api/cases/{ref}/packs/{key}/pdf"), 409, "pack-not-made")
    register = (await door.as_("data_protection").get("/api/disclosures")).json()["disclosures"]
    assert not [one for one in register if one["what"] == "pack_taken" and one["case_ref"] == ref]


async def _with_an_entry(door: Product, ref: str) -> None:
    async with door.records.reading() as db:
        entry = await db.connection.scalar(text("SELECT entry FROM reports WHERE case_ref = :ref"), {"ref": ref})
    async with door.records.writing() as db:
        await recording.record(db, ref, 1, [Entry.model_validate(entry)], datetime.now(UTC))


@pytest.mark.parametrize(
    ("body", "status", "name"),
    [
        (COURT | {"ground": "right_of_access"}, 409, "nothing-allows-the-pack"),
        (COURT | {"ground": "curious"}, 422, "not-understood"),
        ({"reader": "court", "purpose": "x"}, 422, "not-understood"),
        (COURT | {"about": "complainant"}, 422, "not-understood"),
        (SUBJECT, 409, "pack-not-for-them"),
        (COURT | {"as_of": 77}, 404, "entry-not-found"),
    ],
)
async def test_without_a_ground_or_for_another_s_reader_there_is_no_pack(
    door: Product, ref: str, body: dict[str, Any], status: int, name: str
) -> None:
    await _with_an_entry(door, ref)
    problem(await door.supervisor.post(f"/api/cases/{ref}/packs", body), status, name)
    assert (await door.supervisor.get(f"/api/cases/{ref}/packs")).json()["packs"] == []


async def test_a_pack_for_a_subject_is_not_for_others_to_take(door: Product, ref: str) -> None:
    await _with_an_entry(door, ref)
    dpo, key = door.as_("data_protection"), str(uuid4())
    missing = await dpo.post(f"/api/cases/{ref}/packs", SUBJECT | {"about": "witness-3"})
    problem(missing, 409, "not-on-the-case-of-the-pack")
    problem(await dpo.post(f"/api/cases/{ref}/packs", SUBJECT, key), 503, "engine-away")
    problem(await door.supervisor.get(f"/api/cases/{ref}/packs/{key}/pdf"), 409, "pack-not-for-them")
    assert (await door.officer.get(f"/api/cases/{ref}/packs")).status_code == 403
    problem(await dpo.get(f"/api/cases/{ref}/packs/{uuid4()}"), 404, "pack-not-found")


async def test_a_pack_goes_after_its_days_and_is_never_made_of_what_was_erased(door: Product, ref: str) -> None:
    await _with_an_entry(door, ref)
    key = str(uuid4())
    await door.supervisor.post(f"/api/cases/{ref}/packs", COURT, key)
    now = datetime.now(UTC)
    keeper = Keeper(door.records, opened(door.settings.evidence_url))
    await keeper.erase(Turn(at=now + KEPT - timedelta(days=1)))
    assert (await door.supervisor.get(f"/api/cases/{ref}/packs/{key}")).status_code == 200
    await keeper.erase(Turn(at=now + KEPT + timedelta(days=1)))
    problem(await door.supervisor.get(f"/api/cases/{ref}/packs/{key}"), 404, "pack-not-found")
    await Packer(door.records, "Nobody").make(Packing(id=key))
