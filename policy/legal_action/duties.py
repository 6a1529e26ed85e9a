"""From the file of a legal action alone: what the system must do now."""

from datetime import datetime

from policy.facts.matters import MatterKind
from policy.facts.proceedings import LegalActionFinished, LegalActionMoved, LegalOrderMade, LegalStage, News
from policy.frozen import Frozen
from policy.legal_action.action import LegalFile
from policy.legal_action.facts import CaseTold, Said


class TellCase(Frozen):
    """Tell the case what it is to know, as news of its matter."""

    case: str
    matter: str
    said: Said

    @property
    def key(self) -> str:
        return "case"

    @property
    def revocable(self) -> bool:
        return False


def duties(file: LegalFile) -> list[TellCase]:
    if file.said is None or file.said == file.told:
        return []
    matter = f"{MatterKind.LEGAL_ACTION}-{file.ref.rpartition('-')[2]}"
    return [TellCase(case=file.case, matter=matter, said=file.said)]


def as_news(duty: TellCase, at: datetime) -> News:
    """What the case records. An appeal against an order leaves it in force."""
    said = duty.said
    told = {"at": at, "matter": duty.matter, **said.model_dump(include={"stage", "hearing", "heard_at"})}
    if said.stage is LegalStage.OVER:
        return LegalActionFinished.model_validate(told)
    return (LegalOrderMade if said.holds else LegalActionMoved).model_validate(told)


def came_of(duty: TellCase, reached: bool, at: datetime) -> CaseTold:
    return CaseTold(at=at, said=duty.said, reached=reached)
