"""Each kind of fact, and what it says in codes, in an officer's words."""

from collections.abc import Iterator
from typing import Final

from policy.case_file import CaseFile
from policy.company import called
from policy.deadlines import without_number
from policy.facts import CaseFact, Entry
from policy.facts.letters import LetterKind
from policy.facts.matters import MatterKind, Step
from policy.facts.promising import Chased
from policy.matters import COURSES

HEADINGS: Final = {
    "report_received": "A report was made",
    "incident_reported": "A further incident was reported",
    "hate_perceived": "Somebody perceived hate",
    "complainant_details_told": "The complainant said how to reach them",
    "contact_made": "We reached the complainant",
    "contact_attempted": "We tried to reach the complainant and did not",
    "person_contacted": "We contacted {who}",
    "appointment_offered": "{who} was offered an appointment",
    "police_advised": "{who} was advised to ring the police",
    "case_joined": "The case joined another",
    "case_separated": "The case stands by itself again",
    "report_joined": "Another case joined this one",
    "incident_separated": "An incident was made a case of its own",
    "cases_linked": "Another case was linked",
    "cases_unlinked": "The link to another case was taken away",
    "person_joined": "{who} was put on the case",
    "person_identified": "We learnt who {who} is",
    "person_left": "{who} is no longer on the case",
    "assessed": "The case was assessed",
    "advice_given": "The complainant was given honest advice",
    "second_look_asked": "The complainant asked for a second look",
    "second_look_answered": "Somebody else looked again",
    "case_allocated": "An officer was given the case",
    "case_reviewed": "The case was reviewed",
    "cover_arranged": "Somebody covers for the officer",
    "promise_made": "We promised something",
    "promise_kept": "We did what was promised",
    "promise_moved": "Another day was agreed for a promise",
    "promise_broken": "A promise will not be kept",
    "chased": "The complainant had to ask again",
    "chase_answered": "We answered what the complainant had asked",
    "action_planned": "An action was planned",
    "action_done": "A planned action was carried out",
    "action_moved": "A planned action was put off",
    "action_dropped": "A planned action was dropped",
    "wait_begun": "We began to wait for somebody",
    "answer_received": "The answer that we waited for came",
    "wait_extended": "We went on waiting",
    "wait_ended": "We stopped waiting",
    "closure_proposed": "Closing the case was proposed",
    "closure_approved": "Closing the case was approved",
    "closure_declined": "Closing the case was not approved",
    "case_closed": "The case was closed",
    "letter_sent": "A letter went out",
    "letter_not_sent": "A letter turned out not to have gone",
    "letter_ready_to_post": "A letter is ready to be posted",
    "letter_held_up": "A letter is held up",
    "letter_refused": "A letter was not taken for this address",
    "letter_in_doubt": "A letter may or may not have gone",
    "deadline_missed": "A deadline was missed",
    "edition_adopted": "The case follows another edition of the policy",
    "closure_days_adopted": "Days on which the office is closed reached the case",
    "contact_declined": "The complainant wants no contact",
    "complaint_withdrawn": "The complainant withdrew the complaint",
    "anonymity_wished": "The complainant wants to stay anonymous",
    "contact_wanted": "The complainant wants to hear from us again",
    "questionnaire_answered": "The complainant answered our questions",
    "perpetrator_written_to": "A letter to {who} was written",
    "perpetrator_not_told": "The person complained about is not told",
    "closing_discussed": "Closing the case was talked over with the complainant",
    "signposted": "{who} was told who else can help",
    "consent_given": "{who} consented",
    "consent_refused": "{who} did not consent",
    "consent_withdrawn": "{who} took their consent back",
    "consent_asked": "{who} was asked for their consent",
    "need_told": "We were told what {who} needs",
    "need_ended": "{who} no longer needs something",
    "domestic_abuse_recognised": "Signs of domestic abuse were recognised",
    "legal_options_explained": "{who} was told what a solicitor can do",
    "risk_assessment_asked": "An assessment of the risk to {who} was asked for",
    "risk_assessed": "The risk to {who} was assessed",
    "support_offered": "Support was offered",
    "support_accepted": "Support was accepted",
    "support_declined": "Support was declined",
    "support_handed_over": "Those who give the support took over",
    "home_security_asked": "Home security was asked for",
    "home_security_agreed": "Home security was agreed",
    "home_security_refused": "Home security was refused",
    "home_security_fitted": "Home security was fitted",
    "partners_consulted": "The case was discussed with partners",
    "safety_considered": "Ways to keep {who} safe were considered",
    "emergency_accommodation_needed": "It is not safe to stay at home",
    "emergency_accommodation_helped": "We helped to ask for emergency accommodation",
    "emergency_accommodation_found": "Emergency accommodation was found",
    "emergency_accommodation_refused": "The council had no emergency accommodation",
    "emergency_accommodation_declined": "Emergency accommodation was declined",
    "hearing_listed": "A hearing was listed",
    "hearing_adjourned": "A hearing was put off",
    "hearing_held": "A hearing was held",
    "hearing_vacated": "A hearing will not take place",
    "witness_supported": "{who} was supported around a hearing",
    "health_contact_made": "We wrote to a GP or nurse",
    "health_contact_answered": "The GP or nurse answered",
    "health_contact_ended": "We no longer wait for the GP or nurse",
    "pattern_found": "The night's check found something",
    "finding_answered": "An officer answered what the night's check found",
    "diary_issued": "A diary was given out",
    "diary_chased": "We asked for the diary",
    "diary_returned": "The diary came back",
    "diary_given_up": "We no longer wait for the diary",
    "evidence_received": "Evidence came in",
    "evidence_read": "What came in was read",
    "surveillance_asked": "A camera was asked for",
    "surveillance_authorised": "A camera was authorised",
    "surveillance_refused": "A camera was refused",
    "surveillance_reviewed": "The camera was reviewed",
    "surveillance_renewed": "The camera was authorised for longer",
    "camera_taken_down": "The camera was taken down",
    "interview_offered": "An interview was offered",
    "interview_moved": "The interview was put off",
    "interview_held": "The interview was held",
    "interview_refused": "The interview was refused",
    "interview_found_unsafe": "An interview would not be safe",
    "mediation_offered": "Mediation was offered",
    "mediation_agreed": "Mediation was agreed to",
    "mediation_declined": "Mediation was declined",
    "mediation_referred": "The case went to a mediator",
    "mediator_asked": "We asked the mediator how it stands",
    "mediation_ended": "Mediation ended",
    "agreement_proposed": "An agreement was proposed",
    "agreement_signed": "The agreement was signed",
    "agreement_refused": "The agreement was refused",
    "agreement_reviewed": "The agreement was reviewed",
    "agreement_extended": "The agreement was extended",
    "agreement_ended": "The agreement ended",
    "agreement_breached": "The agreement was broken",
    "breach_decided": "It was decided what follows from breaking the agreement",
    "starter_tenancy_known": "We learnt of a starter tenancy",
    "starter_tenancy_passed": "The starter tenancy was passed",
    "starter_tenancy_extended": "The starter tenancy was extended",
    "starter_tenancy_end_decided": "It was decided to end the starter tenancy",
    "crime_alleged": "Somebody said that a crime was committed",
    "police_referral_made": "The police were told",
    "police_referral_declined": "It was decided not to tell the police",
    "police_referral_acknowledged": "The police have our referral",
    "police_referral_chased": "We asked the police what came of it",
    "police_referral_answered": "The police said what came of it",
    "police_referral_ended": "We no longer wait for the police",
    "police_told_of_withdrawal": "The police were told that consent was taken back",
    "remedy_wishes_asked": "The victim was asked what they wish in place of a court",
    "remedy_wishes_told": "The victim said what they wish in place of a court",
    "remedy_wishes_left": "The victim leaves it to others",
    "remedy_wishes_given": "The victim's wishes were passed on",
    "success_recorded": "A success was recorded",
    "publicity_worded": "What the neighbourhood is told was written",
    "publicity_approved": "What the neighbourhood is told was approved",
    "publicity_declined": "The neighbourhood is told nothing",
    "publicity_given_out": "The neighbourhood was told",
    "warning_proposed": "A formal warning to {who} was proposed",
    "notice_proposed": "A notice to {who} was proposed",
    "warning_approved": "Somebody else agreed to it",
    "warning_declined": "Somebody else did not agree to it",
    "ground_appealed": "There is an appeal against what the notice rests on",
    "ground_appeal_ended": "The appeal against what the notice rests on has ended",
    "warning_served": "It was served",
    "warning_taken_back": "It was taken back",
    "taking_back_told": "They were told that it no longer stands",
    "warning_reviewed": "Somebody looked whether it was heeded",
    "disclosure_recorded": "What others are told was written down first",
    "power_asked": "We asked others to use a power of theirs",
    "closure_asked": "We asked for a home to be closed",
    "power_agreed": "They agreed",
    "power_refused": "They did not agree",
    "power_chased": "We asked how it stands",
    "power_used": "They have used it",
    "closure_notice_served": "A closure notice was served",
    "closure_order_made": "A court closed the home",
    "closure_order_extended": "A court extended the closure",
    "power_ended": "It is over",
    "disability_meeting_held": "A meeting was held about a disability of {who}",
    "effect_recorded": "What the behaviour does, and what causes it, was recorded",
}

_DETAILS: Final = (
    "kind",
    "step",
    "power",
    "asked_of",
    "to",
    "gateway",
    "purpose",
    "waiting_for",
    "category",
    "seriousness",
    "exclusion",
    "advice",
    "outcome",
    "closing",
    "key",
    "side",
    "why",
    "when",
    "worker",
    "security",
    "means",
)
_IN_WORDS: Final[dict[str, dict[str, str]]] = {
    "purpose": {
        "police": "to telling the police",
        "health": "to asking their GP or nurse",
        "advocate": "to somebody who acts for them",
        "referral": "to being referred",
        "witness": "to being a witness",
        "publicity": "to what the neighbourhood is told",
    },
    "exclusion": {
        "tit_for_tat": "not usually anti-social behaviour: tit for tat",
        "highway_parking": "not usually anti-social behaviour: parking on the highway",
        "lifestyles": "not usually anti-social behaviour: different ways of living",
        "babies_and_children": "not usually anti-social behaviour: babies and children",
        "one_off": "not usually anti-social behaviour: something that happened once",
    },
    "why": {
        "by_mistake": "put there by mistake",
        "consent_withdrawn": "took their consent back",
        "not_found": "nobody could find out who they are",
    },
    "advice": {"not_reasonable": "what is asked is not reasonable", "speak_first": "speak to the neighbour first"},
    "side": {"complainant": "the complainant", "perpetrator": "the person complained about"},
    "closing": {
        "with_letter": "with a letter",
        "unjustified": "at once, as unjustified",
        "dealt_with": "at once, as dealt with",
        "mediation": "at once, as referred to mediation",
        "not_usually_asb": "at once, as not usually anti-social behaviour",
        "joined": "with the case that it had joined",
    },
    "worker": {"gp": "GP"},
    "means": {
        "phone": "by telephone",
        "text": "by text message",
        "email": "by e-mail",
        "post": "by post",
        "visit": "on a visit",
    },
}
"""By field, what its codes mean where their own words do not say it."""
_SPACES: Final = str.maketrans("_-", "  ")


def fact_in_words(entry: Entry, file: CaseFile) -> str:
    """`We reached the complainant (by telephone)`. The case as it was says which side is meant."""
    heading = HEADINGS[entry.fact.fact]
    words = heading.format(who=_who(entry.fact))
    details = ", ".join(_details(entry.fact, file, names_them="{who}" in heading))
    return f"{words[0].upper()}{words[1:]}{f' ({details})' if details else ''}"


def _who(fact: CaseFact) -> str:
    """Beside a key of somebody on the case, `person` is the id under which they are kept."""
    person = getattr(fact, "key", None) or getattr(fact, "person", None)
    return _plain(called(person)) if person else "somebody"


def _details(fact: CaseFact, file: CaseFile, *, names_them: bool) -> Iterator[str]:
    said = fact.model_dump(mode="json", include=set(_DETAILS) - ({"key"} if names_them else set()))
    for field in _DETAILS:
        yield from (_detail(field, code) for code in _codes(said.get(field)))
    if getattr(fact, "reached", True) is False:
        yield "and did not reach them"
    matter = getattr(fact, "matter", None)
    if isinstance(fact, Chased) and matter:
        yield COURSES[MatterKind(without_number(matter))].called
    if isinstance(fact, Step):
        yield from (_detail("side", side) for side, offer in file.mediation.items() if offer.matter == matter)


def _detail(field: str, code: str) -> str:
    return _IN_WORDS.get(field, {}).get(code) or code_in_words(code)


def code_in_words(code: str) -> str:
    """A letter's code as the letter is called; any other without its marks."""
    bare = without_number(code)
    return LetterKind(bare).called if bare in set(LetterKind) else _plain(code)


def _plain(code: str) -> str:
    return code.replace("perpetrator", "person complained about").translate(_SPACES)


def _codes(said: object) -> list[str]:
    if isinstance(said, list):
        return [str(one) for one in said]
    return [] if said is None else [str(said)]
