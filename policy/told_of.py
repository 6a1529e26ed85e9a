"""Whom each kind of fact tells something, and about whom. (information-sharing, section 4)

One table for cases and for what is carried on beside them: a fact stands in `TELLS` or in `TELLS_NOBODY`. Outside
is whoever is neither one of us nor on the case: what somebody on it is told of their own matter, as in a letter to
whoever is complained about, is no disclosure. Whose word counts for a telling is another question, which
`policy/objections.py` answers.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from policy.case_file import CaseFile
from policy.case_review.facts import US, Asker
from policy.case_review.review import ReviewFile
from policy.company import COMPLAINANT
from policy.conduct import Informed
from policy.consents import victims_agree
from policy.editions import of
from policy.facts.base import Fact
from policy.facts.consent import Purpose
from policy.facts.consequences import ABOUT
from policy.facts.disclosing import AgencyToldOfRefusal, Gateway
from policy.facts.groups import GroupMeetingHeld, GroupToldOfRefusal
from policy.facts.hearings import Protection, WitnessSupported
from policy.facts.letters import LetterSent
from policy.facts.matters import Step
from policy.facts.needs import Adjustment
from policy.facts.parts import Part
from policy.facts.policing import PoliceReferralMade
from policy.facts.powers import ClosureAsked, PowerAsked
from policy.file import File
from policy.folding.disclosing import heard_by_now
from policy.frozen import Frozen
from policy.referral.codes import ReferralStage
from policy.referral.facts import ReferralNotDelivered, ReferralSent
from policy.referral.referral import ReferralFile
from policy.ways import adjustments

Keys = tuple[str, ...]


class ToldOthers(Frozen):
    """`to` are agencies or partners of the edition, or who else it was in a word: nobody where what was to be told
    has not got there. `about` are people by their key on the case, None for everybody on it. What is told of one
    `sending` takes the place of what was told of it before.
    """

    fact: str
    at: datetime
    to: Keys
    about: Keys | None = None
    gateway: Gateway | None = None
    lawful_reason: str | None = None
    sending: str | None = None


Asked = Callable[[Any, Any], Any]
"""Of the file as it was before, and the fact."""


@dataclass(frozen=True)
class Tells:
    """Whom, and about whom; `when` it is not always so; `under` which gateway, where the fact does not say it."""

    to: Asked
    about: Asked = lambda _file, _fact: None
    when: Asked = lambda _file, _fact: True
    under: Asked = lambda _file, _fact: None


def _these(*outside: str) -> Asked:
    return lambda _file, _fact: outside


def _named(field: str) -> Asked:
    return lambda _file, fact: _several(getattr(fact, field))


def _several(told: str | Iterable[str]) -> Keys:
    return (told,) if isinstance(told, str) else tuple(told)


def _the_person(_file: CaseFile, fact: PowerAsked | ClosureAsked | WitnessSupported) -> Keys | None:
    return (fact.person,) if fact.person is not None else None


def _whose_matter(file: CaseFile, fact: Step) -> Keys:
    matter = file.matters.get(fact.matter)
    return ((matter.person if matter is not None else None) or COMPLAINANT,)


def _those_complained_about(file: CaseFile, _fact: Fact) -> Keys:
    return tuple(key for key, one in file.people.items() if one.part is Part.PERPETRATOR)


def _whom_the_group_is_about(file: CaseFile, fact: GroupMeetingHeld) -> Keys:
    return fact.about or (file.groups[fact.matter].about if fact.matter in file.groups else ())


def _group_members(file: CaseFile, fact: GroupToldOfRefusal) -> Keys:
    return file.groups[fact.group].members if fact.group in file.groups else ()


def _who_says_no(file: CaseFile, fact: AgencyToldOfRefusal | GroupToldOfRefusal) -> Keys:
    """Everybody of whose no they had not heard, where nobody is named."""
    known: Informed | None
    match fact:
        case AgencyToldOfRefusal(agency=agency):
            known = file.informed.get(agency)
        case GroupToldOfRefusal(group=group):
            known = file.groups.get(group)
    if fact.about or known is None:
        return fact.about
    heard = heard_by_now(file, known, fact, of(file.edition)).items()
    return tuple(sorted({key.removeprefix("police:") for key, at in heard if known.heard.get(key) != at}))


def _as_they_agreed(file: CaseFile, fact: PoliceReferralMade) -> Gateway | None:
    """None also where nobody was asked, and nobody had to be."""
    agreed = fact.lawful_reason is None and victims_agree(file, Purpose.POLICE, fact.at)
    return Gateway.CONSENT if agreed else None


def _victims(file: CaseFile, _fact: Fact) -> Keys:
    return file.victims


def _copied_to_an_advocate(file: CaseFile, fact: LetterSent) -> bool:
    letter = file.letters.get(fact.key)
    return letter is not None and not letter.is_text and Adjustment.ADVOCATE_COPIED in adjustments(file, letter.to)


def _for_another(file: ReviewFile, _fact: Fact) -> bool:
    return file.asked_by not in {None, Asker.VICTIM}


def _of_referral(field: str) -> Asked:
    return lambda file, _fact: _several(getattr(file, field))


_TO_THE_AGENCY: Final = Tells(_of_referral("agency"), _of_referral("about"))
_HAS_IT_AFTER_ALL: Final = Tells(
    _of_referral("agency"), _of_referral("about"), when=lambda file, _fact: file.sent_at is None
)
_MAY_COME_BACK: Final = frozenset({ReferralStage.TO_SEND, ReferralStage.UNDELIVERED, ReferralStage.SENT})
_TO_WHO_ASKS_FOR_ANOTHER: Final = Tells(lambda file, _fact: (file.asked_by,), when=_for_another)

TELLS: Final[dict[str, Tells]] = {
    # Agencies and partners
    "disclosure_recorded": Tells(_named("to"), _named("about")),
    "agency_told_of_refusal": Tells(_named("agency"), _who_says_no),
    "partners_consulted": Tells(_named("partners"), lambda _, fact: fact.about),
    "group_called": Tells(_named("members"), _named("about")),
    "group_meeting_held": Tells(_named("came"), _whom_the_group_is_about),
    "group_told_of_refusal": Tells(_group_members, _who_says_no),
    "power_asked": Tells(_named("asked_of"), _the_person),
    "closure_asked": Tells(_named("asked_of"), _the_person),
    # The police
    "police_referral_made": Tells(_named("agency"), under=_as_they_agreed),
    "police_referral_ended": Tells(_these("police"), _victims, when=lambda _, fact: fact.taken_back),
    "police_told_of_withdrawal": Tells(_these("police"), _victims),
    "police_told_where_joined": Tells(_named("to"), when=lambda _, fact: not fact.taken_back),
    "witness_supported": Tells(
        _these("police"),
        _the_person,
        when=lambda _, fact: fact.protection in {Protection.ASKED_FOR, Protection.IN_PLACE},
    ),
    # Help, and whoever else has a part in it
    "health_contact_made": Tells(_named("worker"), lambda _, fact: (fact.person or COMPLAINANT,)),
    "support_handed_over": Tells(_these("support_provider"), _whose_matter),
    "emergency_accommodation_helped": Tells(_these("council"), _whose_matter),
    "mediation_referred": Tells(_these("mediator"), lambda _file, _fact: (COMPLAINANT, ABOUT)),
    "remedy_wishes_given": Tells(_these("remedy_decision_maker"), _victims),
    "publicity_given_out": Tells(_these("neighbourhood"), _those_complained_about),
    "letter_sent": Tells(
        _these("advocate"), lambda file, fact: (file.letters[fact.key].to,), when=_copied_to_an_advocate
    ),
    # Legal actions
    "solicitor_instructed": Tells(_these("solicitor")),
    "papers_issued": Tells(_these("court")),
    "breach_answered": Tells(_these("court"), when=lambda _, fact: fact.to_court),
    # Referrals
    "referral_sent": _TO_THE_AGENCY,
    "referral_handed_over": _TO_THE_AGENCY,
    "referral_not_delivered": Tells(
        lambda file, fact: (file.agency,) if fact.in_doubt else (),
        _of_referral("about"),
        when=lambda file, fact: fact.in_doubt or file.stage in _MAY_COME_BACK,
    ),
    "referral_acknowledged": _HAS_IT_AFTER_ALL,
    "referral_answered": _HAS_IT_AFTER_ALL,
    "referral_work_reported": _HAS_IT_AFTER_ALL,
    "agency_told_of_withdrawal": _TO_THE_AGENCY,
    # Case reviews, which speak of everybody on their cases
    "partners_asked": Tells(_named("agencies")),
    "review_meeting_held": Tells(_named("attended")),
    "agencies_told_of_refusal": Tells(_named("agencies")),
    "review_decided": Tells(lambda _, fact: dict.fromkeys(one.to for one in fact.recommendations if one.to != US)),
    "threshold_told": _TO_WHO_ASKS_FOR_ANOTHER,
    "review_outcome_told": _TO_WHO_ASKS_FOR_ANOTHER,
    "dispute_answered": _TO_WHO_ASKS_FOR_ANOTHER,
    "case_review_ended": _TO_WHO_ASKS_FOR_ANOTHER,
}
"""By kind of fact. Where the edition has no key for whom, a word says it."""

TELLS_NOBODY: Final = frozenset(
    {
        # What others tell us, and what we find, weigh, plan and decide among ourselves
        *("report_received", "incident_reported", "hate_perceived", "complainant_details_told", "crime_alleged"),
        *("assessed", "effect_recorded", "ground_proven", "ground_not_used", "disability_meeting_held"),
        *("risk_assessment_asked", "risk_assessed", "safety_considered", "pattern_found", "finding_answered"),
        *("diary_issued", "diary_chased", "diary_returned", "diary_given_up"),
        *("evidence_received", "evidence_read"),
        *("case_allocated", "case_reviewed", "cover_arranged", "deadline_missed", "edition_adopted"),
        *("closure_days_adopted", "second_look_asked", "closure_proposed", "closure_approved", "closure_declined"),
        *("surveillance_asked", "surveillance_authorised", "surveillance_refused", "surveillance_reviewed"),
        *("surveillance_renewed", "camera_taken_down", "starter_tenancy_known", "starter_tenancy_passed"),
        *("starter_tenancy_extended", "starter_tenancy_end_decided", "perpetrator_not_told"),
        *("home_security_asked", "home_security_agreed", "home_security_fitted"),
        *("success_recorded", "publicity_worded", "publicity_approved", "publicity_declined"),
        # Who is on it, and which cases have to do with each other
        *("person_joined", "person_identified", "person_left", "case_joined", "case_separated", "report_joined"),
        *("incident_separated", "cases_linked", "cases_unlinked", "need_told", "need_ended"),
        *("domestic_abuse_recognised", "case_imported"),
        # What whoever is on the case says, and is told, offered, promised, or put to them of their own matter
        *("contact_made", "contact_attempted", "person_contacted", "appointment_offered", "police_advised"),
        *("consent_asked", "consent_given", "consent_refused", "consent_withdrawn", "contact_declined"),
        *("complaint_withdrawn", "anonymity_wished", "contact_wanted", "questionnaire_answered"),
        *("advice_given", "second_look_answered", "closing_discussed", "case_closed", "chased", "chase_answered"),
        *("promise_made", "promise_kept", "promise_moved", "promise_broken", "case_review_offered"),
        *("signposted", "legal_options_explained", "support_offered", "support_accepted", "support_declined"),
        *("home_security_refused", "emergency_accommodation_needed", "emergency_accommodation_declined"),
        *("interview_offered", "interview_moved", "interview_held", "interview_refused"),
        *("interview_found_unsafe", "mediation_offered", "mediation_agreed", "mediation_declined"),
        *("agreement_proposed", "agreement_signed", "agreement_refused", "agreement_reviewed"),
        *("agreement_extended", "agreement_ended", "agreement_breached", "breach_decided"),
        *("remedy_wishes_asked", "remedy_wishes_told", "remedy_wishes_left", "perpetrator_written_to"),
        *("warning_proposed", "notice_proposed", "warning_approved", "warning_declined", "ground_appealed"),
        *("ground_appeal_ended", "warning_served", "warning_taken_back", "taking_back_told", "warning_reviewed"),
        # Letters that have not gone
        *("letter_asked_for", "letter_held", "letter_released", "letter_worded"),
        *("letter_not_sent", "letter_ready_to_post", "letter_held_up", "letter_refused", "letter_in_doubt"),
        "letter_came_back",
        # To be done by an agency: it is told where it meets, is referred to, or is told by name
        *("action_planned", "action_done", "action_moved", "action_dropped", "action_refused"),
        *("group_meeting_arranged", "group_meetings_ended", "group_ended", "police_referral_declined"),
        # They know already, and are asked how it stands or answer us
        *("action_chased", "wait_begun", "answer_received", "wait_extended", "wait_ended", "mediator_asked"),
        *("mediation_ended", "police_referral_acknowledged", "police_referral_chased", "police_referral_answered"),
        *("health_contact_answered", "health_contact_ended", "power_agreed", "power_refused", "power_chased"),
        *("power_used", "power_ended", "closure_notice_served", "closure_order_made", "closure_order_extended"),
        *("emergency_accommodation_found", "emergency_accommodation_refused"),
        *("hearing_listed", "hearing_adjourned", "hearing_held", "hearing_vacated"),
        # What a case and its procedures tell each other: a procedure's own timeline has whom that tells
        *("legal_action_proposed", "legal_action_told", "legal_action_moved", "legal_order_made"),
        *("legal_action_finished", "legal_action_stopped", "case_review_begun", "told_in_case_review"),
        *("referral_proposed", "referral_told", "referral_moved", "referral_taken_up", "referral_finished"),
        *("legal_action_begun", "case_learnt", "case_told", "referral_begun", "consent_told"),
        *("case_brought_in", "case_told_of_review"),
        # In a legal action
        *("team_reviewed", "solicitor_chased", "solicitor_answered", "court_listed", "court_adjourned"),
        *("court_asked", "court_decided", "order_reviewed", "order_breached", "order_varied", "appeal_lodged"),
        *("appeal_decided", "legal_action_ended"),
        # In a referral
        *("sending_asked_again", "referral_chased", "referral_ended"),
        # In a case review
        *("case_review_asked", "case_review_acknowledged", "threshold_decided", "partner_answered"),
        *("partner_chased", "victim_heard", "hearing_declined", "recommendation_carried_out"),
        *("recommendation_moved", "recommendation_refused", "review_disputed", "case_review_withdrawn"),
    }
)
"""What leaves us by none of these is no disclosure."""


def told_others(before: File, fact: Fact) -> ToldOthers | None:
    """What a fact told others, the case or procedure being as it was `before`."""
    tells = TELLS.get(fact.fact)
    if tells is None or not tells.when(before, fact):
        return None
    to, said = tuple(tells.to(before, fact)), dict(before) | dict(fact)
    sending = fact.key if isinstance(fact, ReferralSent | ReferralNotDelivered) else None
    if not to and sending is None:
        return None
    return ToldOthers(
        fact=fact.fact,
        at=said.get("told_at") or fact.at,
        to=to,
        about=tells.about(before, fact),
        gateway=said.get("gateway") or tells.under(before, fact),
        lawful_reason=said.get("lawful_reason"),
        sending=sending,
    )


def about_to_leave(file: ReferralFile, sending: str, at: datetime) -> ToldOthers | None:
    """What is entered before a referral goes; what came of it takes its place."""
    told = told_others(file, ReferralSent(at=at, key=sending))
    return told and told.model_copy(update={"fact": "referral_leaving"})
