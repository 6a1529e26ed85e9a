"""The edition's numbers for the night's check. (self-audit)"""

from datetime import time

from policy.editions.table import AtLeastOne, Table


class Audit(Table):
    """From when each pattern of failure is found: how often, and after how many calendar days.
    `at` is the time of night in London at which cases are looked at.
    """

    at: time
    first_contact_days: AtLeastOne
    chases: AtLeastOne
    silence_days: AtLeastOne
    contacts_missed: AtLeastOne
    written_down_days: AtLeastOne
    written_down_times: AtLeastOne
    other_means: AtLeastOne
    risk_days: AtLeastOne
    reviews_missed: AtLeastOne
    review_days: AtLeastOne
    hate_days: AtLeastOne
    wait_extended: AtLeastOne
    wait_days: AtLeastOne
    evidence_days: AtLeastOne
    vulnerability_days: AtLeastOne
    promises_missed: AtLeastOne
    promises_moved: AtLeastOne
    promise_days: AtLeastOne
    action_moved: AtLeastOne
    action_days: AtLeastOne
    acted_on_days: AtLeastOne
    powers_days: AtLeastOne
    told_days: AtLeastOne
    done_days: AtLeastOne
    plan_days: AtLeastOne
    incidents: AtLeastOne
    incidents_within_days: AtLeastOne
    review_offer_days: AtLeastOne
