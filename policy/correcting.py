"""What somebody was told wrong about themselves, put right beside what was recorded. (UK GDPR art. 16)"""

from typing import Annotated, Literal

from pydantic import Field

from policy.facts.base import Fact, Words
from policy.frozen import Frozen


class EntryCorrected(Fact):
    """Of the entry `seq` of a case's timeline: what of it is wrong, and what is right. The entry stays as it was
    recorded, since somebody acted on it, and nothing that followed from it changes: that takes a fact of its own.
    """

    fact: Literal["entry_corrected"] = "entry_corrected"
    seq: Annotated[int, Field(ge=1, le=2**31 - 1)]
    wrong: Words
    right: Words


class Correction(Frozen):
    """As an entry of the timeline shows it."""

    id: str
    wrong: str
    right: str
    by_id: str
