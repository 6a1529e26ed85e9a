"""Diaries that the complainant fills in, and what else they send to show what happens."""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Name, Words
from policy.facts.matters import Begun, Step


class DiaryIssued(Begun):
    """`by_when` is the day on which it should be back. (incident-diaries, section 5)"""

    fact: Literal["diary_issued"] = "diary_issued"
    words: Words


class DiaryChased(Step):
    """It had not come back; we asked for it, and agreed on another day."""

    fact: Literal["diary_chased"] = "diary_chased"
    words: Words


class DiaryReturned(Step):
    fact: Literal["diary_returned"] = "diary_returned"
    words: Words


class DiaryGivenUp(Step):
    """It does not come, or is no longer needed."""

    fact: Literal["diary_given_up"] = "diary_given_up"
    reasons: Words


class EvidenceKind(StrEnum):
    RECORDING = "recording"
    PHOTO = "photo"
    VIDEO = "video"
    LOG = "log"
    LETTER = "letter"
    OTHER = "other"


class EvidenceReceived(Begun):
    """One thing that was sent to us, however it came. Somebody looks at it. `files` are those that were taken in
    of it, by their ids. (incident-diaries, section 5)
    """

    fact: Literal["evidence_received"] = "evidence_received"
    kind: EvidenceKind
    words: Words
    files: tuple[Name, ...] = ()


class EvidenceRead(Step):
    """Read, looked at or listened to; `words` say what it shows. `also` names what was read with it."""

    fact: Literal["evidence_read"] = "evidence_read"
    also: tuple[Name, ...] = ()
    words: Words

    @property
    def named(self) -> tuple[str, ...]:
        return (self.matter, *self.also)


Facts = DiaryIssued | DiaryChased | DiaryReturned | DiaryGivenUp | EvidenceReceived | EvidenceRead
