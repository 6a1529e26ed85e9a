"""Typesets a pack: one tagged PDF with bookmarks. The same pack gives the same bytes."""

import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from letters.typesetting import typeset
from policy.packs.contents import Happened, Letter, Pack, Withheld
from policy.packs.readers import CALLED, Reader
from policy.packs.shown import IN_WORDS, Why
from policy.rows import section_in_words, section_of
from policy.working_days import LONDON, london_day, moment_in_words

TEMPLATE: Final = Path(__file__).parent / "pack.typ"

READ_FIRST: Final = (
    "A person must read this before it leaves. Names and addresses that are known on the case were taken out of "
    "words by rule; a name that nobody wrote down as one can still stand there, and so can what points to "
    "somebody without a name."
)
_NAMES: Final = {
    Reader.COURT: "Where a name stood in what was said, what the person is on the case stands in its place.",
    Reader.OMBUDSMAN: "Where a name stood in what was said, what the person is on the case stands in its place.",
    Reader.SUBJECT: "This is what is about the person who asked: their own words, letters to them and what was "
    "done and decided about them. Of everything else there is only its number in the list at the end. Whether "
    "others spoke of them is said only where that puts nobody in danger.",
}
SPOKEN_OF: Final = (
    "Others have told us things about the person who asked. That is among what is withheld: it is about those "
    "others, too, and could tell who they are (UK GDPR art. 15(4); Data Protection Act 2018, Sch. 2 para. 16). "
    "What we told the person who asked of it, and what they said, is in this document. They can ask us to look at "
    "this again, and complain to the Information Commissioner."
)
_MADE_OF: Final = (
    "Made of the case's entries up to the one named above, and of what was carried on beside it by then. Case "
    "reviews look at several cases and are not in it. Times are London time. Members of staff have a letter, and "
    "the same one in each such document of this case."
)
_HASH: Final = (
    "The hash is a fingerprint of that entry and of all before it: were one of them changed, it would be another. "
    "It also stands at the end of a copy of the case's timeline, which we can make for whoever may have it. We "
    "can show how it is reckoned, and an expert can reckon it anew from that copy without us."
)
_SHORT: Final = {
    Why.OTHERS: "Others",
    Why.PRIVILEGE: "Privilege",
    Why.DANGER: "Safety",
    Why.HEALTH: "Health",
    Why.AGENCIES: "Agencies",
    Why.OTHER_CASE: "Another case",
    Why.NOT_NEEDED: "Not needed",
}


def made(pack: Pack, landlord: str) -> bytes:
    """Takes a moment for each hundred entries: not for an event loop. Raises NotTypeset."""
    reader = CALLED[pack.reader] + (f" ({pack.about.replace('-', ' ')})" if pack.about else "")
    masked = sum(one.masked for one in pack.chronology)
    page: dict[str, Any] = {
        "title": f"Case {pack.ref}",
        "landlord": landlord,
        "footer": f"Case {pack.ref}, as of entry {pack.as_of}",
        "cover": [
            ("For", reader),
            ("From", landlord),
            ("As of", f"entry {pack.as_of}, written down on {moment_in_words(pack.known_at)}"),
            ("Edition of the policy", pack.edition),
            ("Entries in it", str(len(pack.chronology))),
            ("Entries of which something is withheld", str(len(pack.withheld))),
            ("Entries with names taken out", str(masked)),
        ],
        "head": pack.head,
        "notes": [READ_FIRST, _NAMES[pack.reader], _MADE_OF, _HASH],
        "chronology": _by_month(pack.chronology),
        "decisions": [_entry(one) for one in pack.decisions],
        "letters": [_letter(one) for one in pack.letters],
        "evidence": [one.model_dump(mode="json") | {"at": moment_in_words(one.at)} for one in pack.evidence],
        "withheld": [_withheld(one) for one in pack.withheld],
        "spoken-of": SPOKEN_OF if pack.spoken_of and pack.reader is Reader.SUBJECT else None,
        "reasons": [(_SHORT[why], IN_WORDS[why]) for why in Why if any(one.why is why for one in pack.withheld)],
    }
    return typeset(json.dumps(page, ensure_ascii=False), london_day(pack.known_at), TEMPLATE)[0]


def _by_month(chronology: Sequence[Happened]) -> list[dict[str, Any]]:
    def month(one: Happened) -> str:
        return f"{one.at.astimezone(LONDON):%B %Y}"

    return [
        {"called": called, "entries": [_entry(one) for one in entries]}
        for called, entries in groupby(chronology, month)
    ]


def _entry(one: Happened) -> dict[str, Any]:
    return {
        "number": one.number,
        "at": moment_in_words(one.at),
        "recorded": one.recorded_at and moment_in_words(one.recorded_at),
        "heading": one.heading,
        "by": one.by,
        "codes": [f"{code.label}: {code.words}" for code in one.codes],
        "said": [said.model_dump() for said in one.said],
        "row": one.under and f"{one.under} ({section_in_words(section_of(one.under))})",
    }


def _letter(one: Letter) -> dict[str, str]:
    kind = one.kind[0].upper() + one.kind[1:]
    return one.model_dump(mode="json") | {"at": moment_in_words(one.at), "kind": kind}


def _withheld(one: Withheld) -> dict[str, str]:
    return {
        "number": one.number,
        "kind": one.kind or "Not told",
        "how-much": "all of it" if one.whole else "what was said",
        "why": _SHORT[one.why],
    }
