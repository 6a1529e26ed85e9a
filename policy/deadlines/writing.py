"""Letters that wait for a person: to be posted, read, or looked into because nobody knows whether they went."""

from collections.abc import Iterator
from typing import Final

from policy.case_file import CaseFile
from policy.deadlines.base import Obligation, owed, set_aside, wants_no_contact
from policy.editions import Edition
from policy.facts.letters import LetterKind
from policy.facts.needs import Adjustment
from policy.letters_owed import LetterOwed, LetterState
from policy.ways import adjustments, in_another_language
from policy.working_days import hours_after, working_days_after

ROW_OF_LETTER: Final = {
    LetterKind.ACKNOWLEDGEMENT: "acknowledge",
    LetterKind.NOT_USUALLY_ASB: "not-usually-asb",
    LetterKind.HONEST_ADVICE: "honest-advice",
    LetterKind.SECOND_LOOK_ANSWER: "honest-advice",
    LetterKind.CLOSING_LETTER: "closing-letter",
    LetterKind.CLOSING_NOTE: "immediate-closure",
    LetterKind.QUESTIONNAIRE_REMINDER: "satisfaction-questionnaire",
    LetterKind.TO_PERPETRATOR: "clear-consequences",
    LetterKind.WARNING: "formal-warnings",
    LetterKind.WARNING_TAKEN_BACK: "formal-warnings",
    LetterKind.APPOINTMENT: "serious-appointment-1-working-day",
    LetterKind.DIARY_SHEETS: "incident-diaries",
    LetterKind.MEDIATION_OFFER: "mediation",
    LetterKind.REFERRAL_NOTICE: "partner-referrals",
    LetterKind.UPDATE: "regular-contact",
    LetterKind.AGREEMENT: "agreements",
    LetterKind.HEARING: "witness-care",
    LetterKind.NOTICE_COVER: "formal-warnings",
    LetterKind.TEXT_MESSAGE: "needs-met",
}

ENCLOSES: Final = frozenset({LetterKind.NOTICE_COVER})
"""With these goes a form of the law's own, which we never make: a person puts it in the envelope."""


_MET_BY: Final = ("letter_sent", "letter_not_sent", "complainant_details_told")
_BY_SPEAKING: Final = ("contact_made",)
_NOWHERE: Final = "no address or e-mail was given to write to"
_UNSAFE: Final = "it is not safe to write to them: tell them in a safe way"


def why_not_written(file: CaseFile, letter: LetterOwed) -> str:
    """Why there is nothing to read of a letter that is owed."""
    match letter.state:
        case LetterState.WITHHELD | LetterState.TO_TELL:
            return _UNSAFE
        case LetterState.SET_ASIDE:
            return wants_no_contact(file) or ""
        case LetterState.UNDELIVERABLE:
            return "it came back, and there is no other address"
        case _:
            return "something that it says is not recorded, or whom to write to"


def letters(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    if file.reported_at is not None and file.writes_by is None:
        row, why = ("needs-met", _UNSAFE) if file.withheld else ("acknowledge", _NOWHERE)
        yield set_aside("letters", row=row, why=why)
    unwanted = wants_no_contact(file)
    if unwanted and file.closed_at is None:
        yield set_aside("letters", row="closing-letter", why=unwanted)
    for key, letter in file.letters.items():
        if letter.state is LetterState.OWED:
            continue
        if letter.state is LetterState.SET_ASIDE:
            yield set_aside(f"letter:{key}", row=ROW_OF_LETTER[letter.kind], why=unwanted or "")
            continue
        if letter.state is LetterState.WITHHELD:
            yield set_aside(f"letter:{key}", row=ROW_OF_LETTER[letter.kind], why=_UNSAFE)
            continue
        if letter.state is LetterState.HELD:
            yield _held(file, key, letter, edition)
            continue
        days, what = _owed_for(file, letter, edition)
        due = working_days_after(letter.since, days, file.closure_days, edition.office.closes)
        yield owed(
            file,
            f"letter:{key}",
            due,
            row=ROW_OF_LETTER[letter.kind],
            what=what,
            met_by=_MET_BY + (_BY_SPEAKING if letter.told_by_speaking else ()),
        )


def _held(file: CaseFile, key: str, letter: LetterOwed, edition: Edition) -> Obligation:
    return owed(
        file,
        f"letter:{key}",
        hours_after(letter.since, edition.letters.held_hours),
        row=ROW_OF_LETTER[letter.kind],
        what=f"Read the {letter.kind.called} and let it go: it goes by itself then",
        met_by=("letter_released",),
    )


def _owed_for(file: CaseFile, letter: LetterOwed, edition: Edition) -> tuple[int, str]:
    """Working days, and what is owed."""
    name = letter.kind.called
    match letter.state:
        case LetterState.TO_POST:
            return edition.letters.post_working_days, _to_send(file, letter, name)
        case LetterState.UNDELIVERABLE if letter.is_text:
            return edition.letters.check_working_days, "Speak to the complainant: no text message can reach them"
        case LetterState.UNDELIVERABLE:
            return (
                edition.letters.check_working_days,
                f"Ask for another address: the {name} came back",
            )
        case LetterState.TO_TELL:
            again = "" if file.closed_at is not None else ", and ask for another address"
            return (
                edition.letters.check_working_days,
                f"Tell the complainant in a safe way what the {name} says{again}",
            )
        case LetterState.HELD_UP:
            return edition.letters.check_working_days, f"Find out why the {name} has not gone"
        case _:
            return edition.letters.check_working_days, f"Find out whether the {name} went, and record it"


def _to_send(file: CaseFile, letter: LetterOwed, name: str) -> str:
    """What a person does with it first, where it is not only to be posted. (needs-met, section 6)"""
    first = ["have it translated"] if in_another_language(file, letter.to) else []
    if Adjustment.ADVOCATE_COPIED in adjustments(file, letter.to):
        first.append("copy it to their advocate")
    if letter.kind in ENCLOSES:
        first.append("put the notice in the law's own form with it")
    if not first:
        return f"Post the {name}"
    return f"Send the {name} by {letter.means.replace('email', 'e-mail')}: {' and '.join(first)}"
