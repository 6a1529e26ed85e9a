"""What was recorded of the effect on the community and of what plays a part."""

from policy.case_file import CaseFile, later
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.effects import EffectRecorded
from policy.folding.base import fold


@fold.register
def _(fact: EffectRecorded, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(effect_recorded_at=later(file.effect_recorded_at, fact.at))
