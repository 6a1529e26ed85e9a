"""An invented case with the words and names of several people in it, as a pack is made of it."""

from datetime import date, time, timedelta
from hashlib import sha256
from typing import Any

from policy.case import CASE
from policy.case_file import CaseFile
from policy.correcting import Correction
from policy.facts.base import Recorded
from policy.facts.contact import PersonContacted
from policy.facts.evidence import EvidenceKind, EvidenceReceived
from policy.facts.letters import LetterKind, LetterSent
from policy.facts.needs import NeedTold, SafeContact
from policy.facts.parts import Part
from policy.facts.people import Means, Party, Person
from policy.facts.reporting import Channel, IncidentReported, Reporter
from policy.facts.safety import SafetyConsidered
from policy.legal_action.facts import SolicitorAnswered, View
from policy.legal_action.procedure import LEGAL_ACTION
from policy.packs.contents import DiaryPage, KeptFile, LetterText, Pack
from policy.packs.masking import Known
from policy.packs.pack import Placed, Told, pack
from policy.packs.readers import Reader
from tests.given import OFFICER, assessed, contact, empty_file, entry, london, report
from tests.policy import happenings as h

AT = london(2025, 3, 3)
DAY = timedelta(days=1)
REF = "CW-2025-000001"
ROWAN = Person(name="Rowan Exámple", address=("2 Invented Row",), email="rowan@example.org", prefers=Means.EMAIL)
PAT = Party(name="Pat O\N{RIGHT SINGLE QUOTATION MARK}Sample", address=("3 Made-up Close",))
KNOWN = {
    "complainant": [Known(label="the complainant", names=("Rowan Exámple",), places=("rowan@example.org",))],
    "perpetrator-1": [
        Known(
            label="perpetrator 1",
            names=("Pat O\N{RIGHT SINGLE QUOTATION MARK}Sample",),
            places=("3 Made-up Close",),
        )
    ],
    "witness-1": [Known(label="witness 1", names=("Ines Onlooker",), places=("01632 960123",))],
}
LETTER = "acknowledgement:1"


def case(*more: Any) -> Told:
    facts = (
        report(AT, complainant=ROWAN, about=PAT).model_copy(
            update={"words": "Quokkas from PAT o'sample at night."}
        ),
        h.taken_on(AT, "witness-1", Part.WITNESS),
        contact(AT).model_copy(update={"words": "Narwhals. rowan said that Ínes Onlooker rang 01632-960 123."}),
        assessed(AT + DAY).model_copy(update={"reasons": "Axolotls, at 3 Made-Up Close."}),
        IncidentReported(at=AT + DAY, channel=Channel.PHONE, reporter=Reporter.WITNESS, words="Wombats seen."),
        PersonContacted(at=AT + DAY, person="witness-1", means=Means.PHONE, words="Capybaras."),
        EvidenceReceived(at=AT + DAY, kind=EvidenceKind.PHOTO, words="Pangolins on a picture."),
        NeedTold(
            at=AT + DAY,
            person="complainant",
            kind="hearing",
            words="Okapis.",
            safe_contact=SafeContact(means=(Means.PHONE,), from_time=time(4, 44)),
        ),
        SafetyConsidered(at=AT + DAY, measures=(), words="Dugongs at her sister's."),
        h.told_off(AT + DAY).model_copy(update={"decided": "Lemurs, we wrote."}),
        *more,
    )
    entries = [
        fact if isinstance(fact, Recorded) else entry(fact, OFFICER, AT + 2 * DAY, str(n))
        for n, fact in enumerate(facts, 1)
    ]
    put_right = Correction(id="1", wrong="Ines.", right="Kinkajous.", by_id="dpo")
    return Told(
        REF,
        CASE,
        empty_file(AT.date(), REF),
        tuple(
            Placed(seq, sha256(one.id.encode()).hexdigest(), one, (put_right,) if seq == 3 else ())
            for seq, one in enumerate(entries, 1)
        ),
    )


def action() -> Told:
    facts = (SolicitorAnswered(at=AT + DAY, view=View.ENOUGH, words="Aardvarks are enough."),)
    opening = LEGAL_ACTION.file(
        ref=f"{REF}-5",
        edition=empty_file(AT.date()).edition,
        closure_days=empty_file(AT.date()).closure_days,
        case=REF,
        person="perpetrator-1",
    )
    entries = [
        LEGAL_ACTION.entry(id=f"a{n}", by=OFFICER, recorded_at=one.at, fact=one) for n, one in enumerate(facts)
    ]
    return Told(f"{REF}-5", LEGAL_ACTION, opening, tuple(Placed(1, "00", one) for one in entries))


DIARY = (
    DiaryPage(day=date(2025, 3, 5), hour="eleven", words="Numbats from Pat.", felt="Bilbies.", files=("f2",)),
    DiaryPage(words="Potoroos."),
)
FILES = {
    "f1": KeptFile(media_type="image/jpeg", size=12345, sha256="ab" * 32),
    "f2": KeptFile(media_type="audio/mpeg", size=77, sha256="cd" * 32),
}


def sent() -> LetterSent:
    return LetterSent(at=AT + 2 * DAY, key=key(), means=Means.EMAIL)


def key() -> str:
    told = case()
    file: CaseFile = told.opening  # type: ignore[assignment] # of a case
    file = CASE.after(file, told.entries[0].entry)
    return next(iter(file.letters))


def packed(reader: Reader, about: str | None = None, *more: Any) -> Pack:
    body = "Dear Rowan Exámple\n\nManatees, and Pat."
    letters = {key(): LetterText(kind=LetterKind.ACKNOWLEDGEMENT, subject="Your report", body=body)}
    told = case(sent(), *more)
    return pack(
        reader, about, told, (action(),), letters=letters, known=KNOWN, files=FILES, diaries={"diary-12": DIARY}
    )
