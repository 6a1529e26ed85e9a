"""Where a referral stands and what came of it, as its case hears it."""

from enum import StrEnum


class ReferralStage(StrEnum):
    TO_SEND = "to_send"
    UNDELIVERED = "undelivered"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    TAKEN_UP = "taken_up"
    WITHDRAWN_TO_TELL = "withdrawn_to_tell"
    OVER = "over"


class ReferralOutcome(StrEnum):
    """`declined` by the agency, `withdrawn` since the consent was, `not_needed` as we say."""

    HELPED = "helped"
    DID_NOT_HELP = "did_not_help"
    DECLINED = "declined"
    NOT_NEEDED = "not_needed"
    WITHDRAWN = "withdrawn"
    NO_ANSWER = "no_answer"
    NOT_DELIVERED = "not_delivered"
