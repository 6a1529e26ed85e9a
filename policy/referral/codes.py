"""Where a referral stands and what came of it, as its case hears it, and the row of what is owed for it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

REFERRED: Final = "partner-referrals"
"""Unless the agency is of a kind that has its own."""

ROW_OF_KIND: Final[Mapping[str, str]] = {"partner": "joint-approach", "support": "support-schemes"}


class ReferralStage(StrEnum):
    TO_SEND = "to_send"
    UNDELIVERED = "undelivered"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    TAKEN_UP = "taken_up"
    WITHDRAWN_TO_TELL = "withdrawn_to_tell"
    OVER = "over"


class Undelivered(StrEnum):
    """Why the system could not deliver it."""

    NO_ADDRESS = "no_address"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    NOT_WRITTEN = "not_written"
    NOT_TO_BE_SENT = "not_to_be_sent"

    @property
    def in_words(self) -> str:
        return _WHY_NOT[self]


_WHY_NOT: Final[Mapping[Undelivered, str]] = {
    Undelivered.NO_ADDRESS: "we know no address of theirs for this",
    Undelivered.REFUSED: "it was refused at their address",
    Undelivered.UNREACHABLE: "it could not be handed over, however often it was tried",
    Undelivered.NOT_WRITTEN: "what it is to say could not be written",
    Undelivered.NOT_TO_BE_SENT: "by our records it was not to be sent any more",
}


class ReferralOutcome(StrEnum):
    """`declined` by the agency, `withdrawn` since the consent was, `not_needed` as we say."""

    HELPED = "helped"
    DID_NOT_HELP = "did_not_help"
    DECLINED = "declined"
    NOT_NEEDED = "not_needed"
    WITHDRAWN = "withdrawn"
    NO_ANSWER = "no_answer"
    NOT_DELIVERED = "not_delivered"
