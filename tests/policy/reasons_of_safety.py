"""For which recorded reasons the clocks that keep people safe may end or move."""

from typing import Final

from policy.case_file import CaseFile
from policy.deadlines import OF_SOMEBODY, Deadline, stem_of
from policy.deadlines.risk import reasons
from policy.facts import CaseFact
from policy.facts.hearings import HearingAdjourned, When
from policy.facts.parts import PersonIdentified, PersonLeft
from policy.ways import has_a_right_way
from tests.given import EDITION

OF_NEEDS: Final = frozenset({"need_told", "need_ended", "domestic_abuse_recognised"})
"""Letters that wait are made out again, or withheld, when a need is told or ends."""

CLOSING_SETS_ASIDE: Final = frozenset({"risk-renewal", "right-way"})

NEEDS_TO_REACH_THEM: Final = {"support-offer", "specialist-help", "legal-options", "right-way", "safe-way"} | {
    f"hearing-{when}" for when in When
}

_ENDS: Final[dict[str, frozenset[str]]] = {
    "risk-review": frozenset({"risk_assessed"}),
    "specialist-help": frozenset({"domestic_abuse_recognised"}),
    "legal-options": frozenset({"domestic_abuse_recognised"}),
    "safe-way": frozenset({"need_ended"}),
    "right-way": frozenset({"person_identified"}),
    "emergency-accommodation": frozenset({"safety_considered"}),
    "hearing-before": frozenset({"hearing_held", "hearing_vacated"}),
    "hearing-during": frozenset({"hearing_vacated"}),
}

_MOVES: Final[dict[str, frozenset[str]]] = {
    "risk-review": frozenset({"risk_assessed"}),
    "safety": frozenset({"assessed", "person_identified"}),
    "hearing-before": frozenset({"hearing_adjourned", "person_identified"}),
    "hearing-during": frozenset({"hearing_adjourned", "person_identified"}),
}
"""Whoever a witness turns out to be is known to be one from then on."""

_EARLIER: Final[dict[str, frozenset[str]]] = {
    "support-offer": frozenset({"incident_reported", "hate_perceived", "assessed"}),
    "specialist-help": frozenset({"domestic_abuse_recognised"}),
    "legal-options": frozenset({"domestic_abuse_recognised"}),
    "safety": frozenset(
        {
            "risk_assessed",
            "emergency_accommodation_refused",
            "incident_reported",
            "hate_perceived",
            "report_joined",
        }
    ),
}


def may_end(gone: Deadline, told: CaseFact, before: CaseFile, after: CaseFile) -> bool:
    stem, person, fact = stem_of(gone.key), gone.key.rpartition(":")[2], told.fact
    if gone.key.startswith("ground-"):
        whose = before.names_of(before.proven[gone.key].person)
        return isinstance(told, PersonLeft | PersonIdentified) and told.key in whose
    if isinstance(told, HearingAdjourned) and stem == "hearing-after":
        return before.hearings[gone.key.split(":")[1]].on == told.on
    if fact == "person_left" and stem in OF_SOMEBODY:
        return person not in after.present
    if stem in {"risk-assessment", "risk-renewal"}:
        nothing_calls_for_it = fact in {
            "assessed",
            "need_ended",
            "incident_separated",
            "person_identified",
        } and not reasons(after, person, EDITION)
        known = after.risks.get(person)
        owed_sooner = stem == "risk-renewal" and known is not None and known.owed_since is not None
        return nothing_calls_for_it or owed_sooner
    if stem == "right-way" and fact in OF_NEEDS:
        return not has_a_right_way(after, person)
    return fact in _ENDS.get(stem, ())


_OF_A_DISABILITY: Final = frozenset(
    {
        "need_told",
        "effect_recorded",
        "disability_meeting_held",
        "person_joined",
        "person_identified",
        "person_left",
    }
)


def may_move(old: Deadline, new: Deadline, fact: str) -> bool:
    """A notice waits for the meeting about a disability, and its days count from the answer."""
    stem = stem_of(old.key)
    if old.key.startswith("notice-") and fact in _OF_A_DISABILITY:
        return True
    return fact in _MOVES.get(stem, ()) or (new.due <= old.due and fact in _EARLIER.get(stem, ()))
