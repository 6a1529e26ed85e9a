"""A serious case on which what its complainant is owed for their safety has been done."""

from datetime import datetime
from typing import Final

from policy.case_file import CaseFile
from policy.facts.risk import RiskAssessed
from policy.facts.safety import SafetyConsidered
from policy.facts.support import SupportDeclined, SupportOffered
from tests.given import EDITION
from tests.policy import happenings as h

NO_RISK: Final = {question.key: question.answers[0].key for question in EDITION.risk.questions}


def cared_for(file: CaseFile, at: datetime) -> CaseFile:
    for fact in (
        h.police_advice(at),
        h.appointment(at),
        SafetyConsidered(at=at, measures=("none_wanted",), words="She stays."),
        RiskAssessed(at=at, answers=NO_RISK, words="Low."),
    ):
        file = h.recorded(file, fact)
    if "police-consent" in h.owed(file):
        file = h.recorded(file, h.police_agreed(at))
    if file.support_owed_since is None:
        return file
    file = h.recorded(file, SupportOffered(at=at, provider="victim_support", words="Shall we?"))
    return h.recorded(file, SupportDeclined(at=at, matter=f"support-{file.seq}", words="No."))
