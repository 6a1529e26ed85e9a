"""Names of facts and deadlines that patterns look for."""

from typing import Final

CONTACT: Final = ("contact_made", "chase_answered", "closing_discussed")

WRITTEN_OF_CONTACT: Final = (
    "contact_made",
    "contact_attempted",
    "person_contacted",
    "appointment_offered",
    "police_advised",
    "closing_discussed",
)

TOLD_TO_US: Final = frozenset(
    {
        "report_received",
        "incident_reported",
        "hate_perceived",
        "complainant_details_told",
        "chased",
        "need_told",
        "diary_returned",
        "evidence_received",
        "crime_alleged",
        "contact_declined",
        "contact_wanted",
        "complaint_withdrawn",
        "anonymity_wished",
        "report_joined",
    }
)
"""What others told us: none of it is something that we have done."""

PLAN: Final = frozenset(
    {
        "action_planned",
        "advice_given",
        "closure_proposed",
        "mediation_offered",
        "interview_offered",
        "diary_issued",
        "agreement_proposed",
        "breach_decided",
        "group_called",
        "police_referral_made",
        "perpetrator_written_to",
        "home_security_asked",
        "surveillance_asked",
    }
)
"""What is a plan or a change of it."""

RISK_KEYS: Final = frozenset({"risk-assessment:", "risk-renewal:"})
HATE_KEYS: Final = frozenset({"support-offer", "police-consent", "police-referral"})

VULNERABILITY_ANSWERED: Final = frozenset(
    {"risk_assessed", "support_offered", "safety_considered", "home_security_asked", "action_planned"}
)
