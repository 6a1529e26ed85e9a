"""From the file of a legal action alone: what the system must do now."""

from datetime import datetime

from policy.facts.base import Fact
from policy.facts.matters import MatterKind
from policy.facts.proceedings import LegalActionFinished, LegalActionMoved, LegalOrderMade
from policy.legal_action.action import LegalFile
from policy.legal_action.facts import CaseTold, Said
from policy.procedures.base import number_of
from policy.procedures.duties import TellCase


def duties(file: LegalFile) -> list[TellCase]:
    if file.said is None or file.said == file.told:
        return []
    return [TellCase(key="case", case=file.case, news=_news(file, file.said), said=file.said)]


def _news(file: LegalFile, said: Said) -> Fact:
    """An appeal against an order leaves it in force."""
    matter = f"{MatterKind.LEGAL_ACTION}-{number_of(file.ref)}"
    told = {"at": said.since, "matter": matter, "by_when": said.until}
    told |= said.model_dump(include={"stage", "hearing", "appeal_hearing"})
    if file.over:
        return LegalActionFinished.model_validate(told | {"set_aside": said.set_aside})
    return (LegalOrderMade if said.holds else LegalActionMoved).model_validate(told)


def came_of(duty: TellCase, at: datetime, *, reached: bool) -> CaseTold:
    return CaseTold(at=at, said=duty.said, reached=reached)
