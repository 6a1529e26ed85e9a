"""How long each stage of a matter may take."""

from policy.editions.table import AtLeastOne, Table


class MatterDays(Table):
    """Working days at each stage of a matter unless a day was agreed or the name says hours; `longest_days` are
    calendar days.
    """

    longest_days: AtLeastOne
    promise: AtLeastOne
    chase: AtLeastOne
    action: AtLeastOne
    wait: AtLeastOne
    questionnaire: AtLeastOne
    questionnaire_chased: AtLeastOne
    support_offered: AtLeastOne
    support_accepted: AtLeastOne
    security_asked: AtLeastOne
    security_agreed: AtLeastOne
    accommodation_hours: AtLeastOne
    accommodation_outcome: AtLeastOne
    hearing: AtLeastOne
    health_contact: AtLeastOne
    health_withdrawal: AtLeastOne
    finding: AtLeastOne
    diary: AtLeastOne
    diary_chase: AtLeastOne
    diary_read: AtLeastOne
    evidence: AtLeastOne
    surveillance_asked: AtLeastOne
    surveillance_review: AtLeastOne
    interview: AtLeastOne
    mediation_offer: AtLeastOne
    mediation_referral: AtLeastOne
    agreement_proposed: AtLeastOne
    agreement_review: AtLeastOne
    breach: AtLeastOne
    starter_tenancy_before: AtLeastOne
    starter_tenancy_at_once: AtLeastOne
    police_acknowledgement: AtLeastOne
    police_answer: AtLeastOne
    remedy_wishes: AtLeastOne
    remedy_given: AtLeastOne
    publicity_proposed: AtLeastOne
    publicity_approval: AtLeastOne
    publicity_given_out: AtLeastOne
    warning_decision: AtLeastOne
    warning_served: AtLeastOne
    warning_review: AtLeastOne
    notice_before: AtLeastOne
    power_asked: AtLeastOne
    power_agreed: AtLeastOne
    power_used: AtLeastOne
    closure_asked: AtLeastOne
    closure_before: AtLeastOne
    legal_action: AtLeastOne
    referral: AtLeastOne
    group_meeting: AtLeastOne
    group_met: AtLeastOne
    group_finishing: AtLeastOne
