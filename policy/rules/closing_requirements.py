"""What must be there before a case closes: the edition's table for this case, and whatever is still open on it."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from policy.case_file import CaseFile, Matter
from policy.company import AFFECTED, COMPLAINANT, called
from policy.deadlines import stem_of, without_number
from policy.deadlines.base import no_longer_pursued, out_of_reach
from policy.editions import Edition
from policy.editions.lists import CaseSort, ClosingNeed
from policy.facts.closing import Closing
from policy.facts.matters import Step
from policy.letters_owed import LetterState
from policy.matters import COURSES, outlives_closing, stage_of
from policy.working_days import day_in_words, london_day


class Missing(NamedTuple):
    """What is missing, in words, the facts that would supply it, and where it was begun, on which day."""

    words: str
    facts: tuple[str, ...]
    since: date | None = None

    @property
    def sentence(self) -> str:
        return self.words if self.since is None else f"{self.words}, since {day_in_words(self.since)}"


_OWED: Final[dict[str, Missing]] = {
    "safe-way": Missing("a safe way to reach them", ("need_told", "domestic_abuse_recognised")),
    "emergency-accommodation": Missing("help with emergency accommodation", ("emergency_accommodation_needed",)),
    "safety": Missing("ways to get the victim away from the problem", ("safety_considered",)),
    "risk-assessment": Missing("risk assessment", ("risk_assessed",)),
    "risk-review": Missing("a supervisor's look at the high risk", ("case_reviewed",)),
    "mediation-stop": Missing(
        "an end to the mediation, where they would have to fear the other side", ("mediation_ended",)
    ),
    "specialist-help": Missing("offer of specialist help", ("support_offered",)),
    "legal-options": Missing("telling them what a solicitor can do", ("legal_options_explained",)),
    "victim-found": Missing(
        "finding out who the victim is", ("person_identified", "person_joined", "person_left")
    ),
    "support-offer": Missing("offer of support", ("support_offered",)),
    "appointment": Missing("offer of an appointment", ("appointment_offered",)),
    "hearing-before": Missing("preparation for the hearing", ("witness_supported",)),
    "hearing-during": Missing("somebody with them at the hearing", ("witness_supported",)),
    "hearing-after": Missing("support after the hearing", ("witness_supported",)),
    "partners": Missing("talk with the community safety partners", ("partners_consulted",)),
    "police-advice": Missing("advice to ring the police", ("police_advised",)),
    "police-consent": Missing(
        "asking the victim about the police", ("consent_asked", "consent_given", "consent_refused")
    ),
    "police-referral": Missing(
        "referral to the police, or why not", ("police_referral_made", "police_referral_declined")
    ),
    "police-withdrawal": Missing(
        "telling the police who does not want them to know",
        ("police_told_of_withdrawal", "police_referral_ended"),
    ),
    "disclosure-refusal": Missing(
        "telling the agencies that were told who does not agree to it", ("agency_told_of_refusal",)
    ),
    "assessment": Missing("assessment", ("assessed",)),
    "first-contact": Missing("first contact", ("contact_made",)),
    "further-incident": Missing("a look at what was told again", ("contact_made", "assessed")),
    "reassessment": Missing("a new assessment, since it keeps being reported", ("assessed",)),
    "second-look": Missing("answer to the second look", ("second_look_answered",)),
}
"""What is owed with a deadline of its own is missing while that runs; a clock set aside asks for nothing. In the
order in which it is told: safety, risk, help that is owed to people, the police, and then the case.
"""

_ASKED_AGAIN: Final = ("further-incident", "reassessment", "second-look")
"""Closing does not silence somebody who asked us to look again or keeps reporting, whatever the edition says."""


def _not_reviewed(file: CaseFile) -> bool:
    assessed_at = file.assessment.at if file.assessment else None
    return file.last_review_at is None or (assessed_at is not None and file.last_review_at < assessed_at)


def _not_told(file: CaseFile) -> bool:
    return file.perpetrator_told_at is None


def _not_asked(file: CaseFile) -> bool:
    """Since the last incident; not of somebody who is not to be asked, or cannot be."""
    if out_of_reach(file) or no_longer_pursued(file):
        return False
    return file.view_asked_at is None or file.view_asked_at < max(file.reports, default=file.view_asked_at)


_NEEDED: Final[dict[str, tuple[Callable[[CaseFile], bool], Missing]]] = {
    "review": (_not_reviewed, Missing("a supervisor's review since the assessment", ("case_reviewed",))),
    "perpetrator": (
        _not_told,
        Missing("the perpetrator told, or why not", ("perpetrator_written_to", "perpetrator_not_told")),
    ),
    "view": (_not_asked, Missing("what the complainant thinks of closing", ("closing_discussed",))),
}

_IN_ORDER: Final = (*_OWED, *_NEEDED)


def still_missing(file: CaseFile, closing: Closing, edition: Edition) -> list[Missing]:
    """What the edition asks for this kind of case and closing, the most urgent first; then what was asked again,
    and what is open.
    """
    owed = _keys_owed(file)
    needs = edition.needed_to_close(sorts_of(file, edition), closing.value)
    return [
        *(missing for need in sorted(needs, key=_IN_ORDER.index) for missing in _lacks(file, need, owed)),
        *(_OWED[key] for key in _ASKED_AGAIN if key in owed),
        *(_letters_in_doubt(file) if closing is Closing.WITH_LETTER else ()),
        *open_matters(file),
    ]


def _keys_owed(file: CaseFile) -> list[str]:
    """Of what was owed once the last fact was folded, the earliest first: its clocks were made of that."""
    return sorted(file.clocks, key=lambda key: (file.clocks[key].due, key))


def sorts_of(file: CaseFile, edition: Edition) -> set[CaseSort]:
    """What a case is, as the edition's table has it."""
    sorts: set[CaseSort] = {"any", "serious" if file.serious else "ordinary"}
    sorts |= {category.group for key in file.categories if (category := edition.category(key))}
    return sorts | {"hate"} if file.hate else sorts


def _lacks(file: CaseFile, need: ClosingNeed, owed: Sequence[str]) -> Iterator[Missing]:
    """What is owed to several people is missing for each."""
    if need in _NEEDED:
        lacks, missing = _NEEDED[need]
        if lacks(file):
            yield missing
        return
    for key in owed:
        if stem_of(key) == need:
            yield _for_whom(file, _OWED[need], key)


def still_owed_to(file: CaseFile, person: str, stems: Sequence[str]) -> list[Missing]:
    """Of what is called so, to one person."""
    return [_OWED[stem] for stem in stems if f"{stem}:{person}" in file.clocks]


def still_owed(file: CaseFile, stems: Collection[str]) -> list[Missing]:
    """Of what is called so, for each person, in words."""
    return [_for_whom(file, _OWED[stem_of(key)], key) for key in _keys_owed(file) if stem_of(key) in stems]


def _for_whom(file: CaseFile, missing: Missing, key: str) -> Missing:
    """Named where it is somebody's: the complainant only beside others who are affected too."""
    person = key.rpartition(":")[2] if ":" in key else ""
    others = any(one.part in AFFECTED for who, one in file.present.items() if who != COMPLAINANT)
    alone = person == COMPLAINANT and not others
    if not person or alone or person not in file.people or without_number(person) in COURSES:
        return missing
    return missing._replace(words=f"{missing.words} ({called(person)})")


def _letters_in_doubt(file: CaseFile) -> Iterator[Missing]:
    for letter in file.letters.values():
        if letter.state is LetterState.IN_DOUBT:
            words = f"whether the {letter.kind.called} went"
            yield Missing(words, ("letter_sent", "letter_not_sent"))


def open_matters(file: CaseFile) -> Iterator[Missing]:
    """What must end before the case closes, by name. No edition waives this."""
    for key, matter in file.matters.items():
        stage = stage_of(matter)
        if not outlives_closing(matter):
            ends = (
                f.model_fields["fact"].default for f in (*stage.steps, *stage.otherwise) if issubclass(f, Step)
            )
            yield Missing(_named(key, matter), tuple(ends), london_day(matter.since))


def _named(key: str, matter: Matter) -> str:
    """What others were asked for by which power it is, and of whom: there may be several."""
    course = COURSES[matter.kind]
    if matter.asked_of is None:
        return course.called
    power = course.in_words.get(matter.code or "")
    return f"{course.called}{f': {power}' if power else ''} ({matter.asked_of.replace('_', ' ')}, {key})"
