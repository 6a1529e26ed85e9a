"""What was recorded of the effect on the community and of what plays a part."""

from typing import Final

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.effect import Effect
from policy.facts import Entry
from policy.facts.effects import Cause, EffectRecorded
from policy.folding.base import fold

_MAY_BE_DISABILITY: Final = frozenset({Cause.DISABILITY, Cause.MENTAL_HEALTH})


@fold.register
def _(fact: EffectRecorded, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """What was suspected once is so until a meeting has answered for it. (disability-meeting, section 6)"""
    effect = file.effect or Effect(at=fact.at)
    known = effect.may_be_disability
    earlier = bool(known) and fact.at < min(known) and bool(_MAY_BE_DISABILITY & {*fact.causes})
    if earlier or _MAY_BE_DISABILITY & {*fact.causes} - {*effect.causes}:
        effect = effect.model_copy(update={"may_be_disability": (*known, fact.at)})
    since = effect.substantial_at
    if fact.substantial is not None and (since is None or fact.at >= since):
        effect = effect.model_copy(update={"substantial": fact.substantial, "substantial_at": fact.at})
    if fact.at >= effect.at:
        effect = effect.model_copy(update={"at": fact.at, "causes": fact.causes})
    return file.with_(effect=effect)
