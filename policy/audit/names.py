"""Names of facts and deadlines that patterns look for. A name that there is not yet is harmless."""

from typing import Final

CONTACT: Final = ("contact_made", "chase_answered")

WRITTEN_OF_CONTACT: Final = ("contact_made", "contact_attempted", "appointment_offered", "police_advised")

TOLD_TO_US: Final = frozenset(
    {"report_received", "incident_reported", "hate_perceived", "complainant_details_told", "chased", "need_told"}
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
        "agreement_made",
        "warning_issued",
        "referral_made",
    }
)
"""What is a plan or a change of it."""

RISK_KEYS: Final = frozenset({"risk-assessment", "risk-review", "risk-update"})
HATE_KEYS: Final = frozenset({"hate-support", "support-offer", "police-consent", "hate-powers", "police-referral"})

EVIDENCE_COMES: Final = frozenset({"diary_returned", "evidence_received", "recording_received"})
EVIDENCE_READ: Final = frozenset({"diary_read", "evidence_read", "recording_heard"})
EVIDENCE_KEYS: Final = frozenset({"diary-", "evidence-"})

VULNERABILITY_TOLD: Final = frozenset({"need_told", "vulnerability_told"})
VULNERABILITY_ANSWERED: Final = frozenset(
    {"risk_assessed", "adjustment_agreed", "need_met", "support_offered", "action_planned"}
)

POWERS: Final = frozenset({"powers_considered", "powers_weighed"})
