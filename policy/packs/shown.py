"""What of each kind of fact each reader may have: an allow list. What has no line here is in no pack. (case-pack)

A subject has what is about themselves, by the last column; of everything else not even its kind. `of` says whose
it is where the fact does not say it, None where that is nobody in particular.
"""

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import Final

from policy.case_review.procedure import CASE_REVIEW
from policy.company import COMPLAINANT
from policy.facts.consequences import ABOUT
from policy.packs.readers import Reader


class Shown(IntEnum):
    NOTHING = 0
    THAT_IT_WAS = 1
    """When, of what kind, by which role."""
    ALL = 2
    """Also what was said, without the names of others, and the codes of `policy/packs/fields.py`."""


class Why(StrEnum):
    """The kind of reason for which something is withheld."""

    OTHERS = "others"
    PRIVILEGE = "privilege"
    DANGER = "danger"
    HEALTH = "health"
    AGENCIES = "agencies"
    OTHER_CASE = "other_case"
    NOT_NEEDED = "not_needed"


IN_WORDS: Final = {
    Why.OTHERS: "It is about somebody else, or in their words (UK GDPR art. 15(4); Data Protection Act 2018, Sch. "
    "2 para. 16)",
    Why.PRIVILEGE: "Legal advice, or made for legal proceedings (legal professional privilege; Data Protection "
    "Act 2018, Sch. 2 para. 19)",
    Why.DANGER: "It could put somebody in danger (our reading)",
    Why.HEALTH: "Somebody's health (UK GDPR art. 9; our reading)",
    Why.AGENCIES: "What agencies told each other in confidence, or work against crime (Data Protection Act 2018, "
    "Sch. 2 para. 2; our reading)",
    Why.OTHER_CASE: "About another case (our reading)",
    Why.NOT_NEEDED: "Not needed for this reader's purpose (UK GDPR art. 5(1)(c); our reading)",
}


@dataclass(frozen=True)
class Line:
    court: Shown
    ombudsman: Shown
    subject: Shown
    why: Why
    of: str | None = COMPLAINANT
    told: bool = False
    """In the words of whoever it is of."""
    under: str | None = None
    """Which row of the policy, where it is a decision."""

    def shown_to(self, reader: Reader) -> Shown:
        match reader:
            case Reader.COURT:
                return self.court
            case Reader.OMBUDSMAN:
                return self.ombudsman
            case Reader.SUBJECT:
                return self.subject


_NOTHING, _THAT, _ALL = Shown.NOTHING, Shown.THAT_IT_WAS, Shown.ALL

_TOLD: Final = Line(_ALL, _ALL, _ALL, Why.OTHERS, told=True)
_WITH_THEM: Final = Line(_ALL, _ALL, _ALL, Why.OTHERS)
_DECIDED: Final = Line(_ALL, _ALL, _ALL, Why.OTHERS)
_AGAINST_THEM: Final = replace(_DECIDED, of=ABOUT)
_HANDLED: Final = Line(_THAT, _ALL, _THAT, Why.NOT_NEEDED)
_EVIDENCE: Final = Line(_ALL, _THAT, _ALL, Why.NOT_NEEDED)
_SAFETY: Final = Line(_NOTHING, _THAT, _ALL, Why.DANGER)
_HEALTH: Final = Line(_THAT, _THAT, _ALL, Why.HEALTH)
_AGENCIES: Final = Line(_THAT, _ALL, _NOTHING, Why.AGENCIES, of=None)
_ADVICE: Final = Line(_NOTHING, _NOTHING, _NOTHING, Why.PRIVILEGE, of=None)
_FOR_COURT: Final = Line(_THAT, _THAT, _NOTHING, Why.PRIVILEGE, of=ABOUT)
_IN_COURT: Final = Line(_ALL, _ALL, _ALL, Why.OTHERS, of=ABOUT)
_WHO: Final = Line(_THAT, _THAT, _NOTHING, Why.OTHERS, of=None)
_OTHER_CASE: Final = Line(_NOTHING, _THAT, _NOTHING, Why.OTHER_CASE, of=None)
_OURS: Final = Line(_NOTHING, _THAT, _NOTHING, Why.NOT_NEEDED, of=None)


def _each(line: Line, *facts: str) -> dict[str, Line]:
    return dict.fromkeys(facts, line)


def _by(row: str, line: Line, *facts: str) -> dict[str, Line]:
    """Decisions under a row of the policy."""
    return dict.fromkeys(facts, replace(line, under=row))


SHOWN: Final[dict[str, Line]] = {
    # What people told us
    **_each(_TOLD, "report_received", "incident_reported", "hate_perceived", "crime_alleged", "contact_declined"),
    **_each(_TOLD, "complaint_withdrawn", "anonymity_wished", "contact_wanted", "second_look_asked", "chased"),
    **_each(_TOLD, "questionnaire_answered", "consent_given", "consent_refused", "consent_withdrawn"),
    **_each(_TOLD, "closing_discussed", "remedy_wishes_told", "support_accepted", "support_declined"),
    **_each(_TOLD, "mediation_agreed", "mediation_declined"),
    **_each(replace(_TOLD, of=ABOUT), "agreement_refused", "interview_refused"),
    # What was done with them
    **_each(_WITH_THEM, "contact_made", "contact_attempted", "person_contacted", "appointment_offered"),
    **_each(_WITH_THEM, "police_advised", "signposted", "consent_asked", "support_offered", "support_handed_over"),
    **_each(_WITH_THEM, "promise_made", "promise_kept", "promise_moved", "promise_broken", "chase_answered"),
    **_each(_WITH_THEM, "mediation_offered", "remedy_wishes_asked", "remedy_wishes_left", "case_review_offered"),
    **_each(replace(_WITH_THEM, of=ABOUT), "interview_offered", "interview_moved", "interview_held"),
    **_each(replace(_WITH_THEM, of=ABOUT), "agreement_proposed", "agreement_signed", "taking_back_told"),
    # Decisions
    **_by("assess-seriousness", _DECIDED, "assessed"),
    **_by("honest-advice", _DECIDED, "advice_given", "second_look_answered"),
    **_by("closing-letter", _DECIDED, "closure_proposed", "closure_approved", "closure_declined", "case_closed"),
    **_by("refer-criminal-to-police", replace(_DECIDED, subject=_NOTHING), "police_referral_declined"),
    **_by("clear-consequences", _AGAINST_THEM, "perpetrator_written_to"),
    **_by("clear-consequences", replace(_AGAINST_THEM, subject=_NOTHING), "perpetrator_not_told"),
    **_by("formal-warnings", _AGAINST_THEM, "warning_proposed", "warning_approved", "warning_declined"),
    **_by("formal-warnings", _AGAINST_THEM, "warning_served", "warning_taken_back", "warning_reviewed"),
    **_by("agreements", _AGAINST_THEM, "agreement_reviewed", "agreement_extended", "agreement_ended"),
    **_by("agreements", _AGAINST_THEM, "agreement_breached", "breach_decided"),
    **_by("starter-tenancy", _AGAINST_THEM, "starter_tenancy_known", "starter_tenancy_passed"),
    **_by("starter-tenancy", _AGAINST_THEM, "starter_tenancy_extended", "starter_tenancy_end_decided"),
    **_by(
        "ground-7a", _AGAINST_THEM, "ground_proven", "ground_not_used", "ground_appealed", "ground_appeal_ended"
    ),
    **_by("surveillance", _EVIDENCE, "surveillance_authorised", "surveillance_refused", "surveillance_renewed"),
    # How it was handled
    **_each(_HANDLED, "case_allocated", "cover_arranged", "case_reviewed", "deadline_missed", "edition_adopted"),
    **_each(_HANDLED, "action_planned", "action_done", "action_moved", "action_dropped", "action_refused"),
    **_each(_HANDLED, "action_chased", "wait_begun", "answer_received", "wait_extended", "wait_ended"),
    **_each(_HANDLED, "letter_not_sent", "letter_ready_to_post", "letter_held_up", "letter_refused"),
    **_each(_HANDLED, "letter_in_doubt", "letter_came_back", "letter_held", "letter_released", "letter_worded"),
    **_each(_HANDLED, "letter_asked_for", "pattern_found", "finding_answered", "case_imported"),
    **_each(_WITH_THEM, "letter_sent"),
    # Evidence
    **_each(_EVIDENCE, "diary_issued", "diary_chased", "diary_given_up"),
    **_each(_TOLD, "diary_returned"),
    **_each(replace(_EVIDENCE, of=None), "evidence_received", "evidence_read", "surveillance_asked"),
    **_each(replace(_EVIDENCE, of=None), "surveillance_reviewed", "camera_taken_down"),
    **_each(replace(_EVIDENCE, ombudsman=_ALL), "effect_recorded"),
    # Keeping people safe
    **_each(_SAFETY, "complainant_details_told", "domestic_abuse_recognised", "legal_options_explained"),
    **_each(_SAFETY, "risk_assessment_asked", "risk_assessed", "safety_considered", "interview_found_unsafe"),
    **_each(
        _SAFETY, "home_security_asked", "home_security_agreed", "home_security_refused", "home_security_fitted"
    ),
    **_each(_SAFETY, "emergency_accommodation_needed", "emergency_accommodation_helped"),
    **_each(_SAFETY, "emergency_accommodation_found", "emergency_accommodation_refused"),
    **_each(_SAFETY, "emergency_accommodation_declined", "witness_supported"),
    # Health
    **_each(_HEALTH, "need_told", "need_ended", "disability_meeting_held"),
    **_each(_HEALTH, "health_contact_made", "health_contact_answered", "health_contact_ended"),
    # Agencies
    **_each(_AGENCIES, "police_referral_made", "police_referral_acknowledged", "police_referral_chased"),
    **_each(_AGENCIES, "police_referral_answered", "police_referral_ended", "police_told_of_withdrawal"),
    **_each(
        _AGENCIES, "partners_consulted", "disclosure_recorded", "agency_told_of_refusal", "remedy_wishes_given"
    ),
    **_each(
        _AGENCIES, "power_asked", "closure_asked", "power_agreed", "power_refused", "power_chased", "power_used"
    ),
    **_each(_AGENCIES, "closure_notice_served", "closure_order_made", "closure_order_extended", "power_ended"),
    **_each(_AGENCIES, "group_called", "group_meeting_held", "group_told_of_refusal", "group_meeting_arranged"),
    **_each(_AGENCIES, "group_meetings_ended", "group_ended", "referral_proposed"),
    **_each(_AGENCIES, "mediation_referred", "mediator_asked", "mediation_ended"),
    **_each(_AGENCIES, "referral_begun", "referral_sent", "referral_not_delivered", "referral_handed_over"),
    **_each(_AGENCIES, "sending_asked_again", "referral_acknowledged", "referral_answered", "referral_chased"),
    **_each(_AGENCIES, "referral_work_reported", "agency_told_of_withdrawal", "referral_ended"),
    # Courts
    **_each(_ADVICE, "solicitor_instructed", "solicitor_chased", "solicitor_answered", "team_reviewed"),
    **_each(_FOR_COURT, "notice_proposed", "legal_action_proposed", "legal_action_begun", "legal_action_stopped"),
    **_each(_FOR_COURT, "court_asked", "order_reviewed"),
    **_by("court-decides", _IN_COURT, "court_decided", "order_varied", "appeal_decided"),
    **_by("legal-remedies", _IN_COURT, "breach_answered", "legal_action_ended"),
    **_each(_IN_COURT, "papers_issued", "court_listed", "court_adjourned", "order_breached", "appeal_lodged"),
    **_each(replace(_IN_COURT, of=None), "hearing_listed", "hearing_adjourned", "hearing_held", "hearing_vacated"),
    # Who is on it, other cases, and what is said for the system alone
    **_each(_WHO, "person_joined", "person_identified", "person_left"),
    **_each(_OTHER_CASE, "case_joined", "case_separated", "report_joined", "police_told_where_joined"),
    **_each(_OTHER_CASE, "incident_separated", "cases_linked", "cases_unlinked"),
    **_each(_OTHER_CASE, "case_review_begun", "told_in_case_review"),
    **_each(_OURS, "closure_days_adopted", "legal_action_told", "legal_action_moved", "legal_order_made"),
    **_each(_OURS, "legal_action_finished", "referral_told", "referral_moved", "referral_taken_up"),
    **_each(_OURS, "referral_finished", "case_learnt", "case_told", "consent_told"),
    **_each(_OURS, "success_recorded", "publicity_worded", "publicity_approved", "publicity_declined"),
    **_each(_OURS, "publicity_given_out"),
}

LEFT_OUT: Final = frozenset({CASE_REVIEW.name})
"""Procedures that are in no pack: a review looks at several cases, and has a document of its own."""
