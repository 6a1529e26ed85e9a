"""Legal action on a case: how it begins, what it was told, and the court's days. (legal-remedies, witness-care)"""

from policy.care import Hearing
from policy.case_file import CaseFile
from policy.conduct import Proceeding
from policy.editions import Edition
from policy.facts import Entry, proceedings
from policy.facts.matters import MatterKind
from policy.folding.base import fold
from policy.legal_action.beginning import as_begun


@fold.register
def _(fact: proceedings.LegalActionProposed, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """Under the key that its matter will have."""
    begins = as_begun(fact, file, entry, edition)
    key = f"{MatterKind.LEGAL_ACTION}-{file.seq + 1}"
    return file.with_(legal={**file.legal, key: Proceeding(person=begins.person, begins=begins)})


@fold.register
def _(fact: proceedings.LegalActionTold, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if (known := file.legal.get(fact.matter)) is None:
        return file
    told = known.model_copy(update={"begins": None, "told": fact.meeting_needed})
    return file.with_(legal={**file.legal, fact.matter: told})


@fold.register(proceedings.LegalActionMoved)
@fold.register(proceedings.LegalOrderMade)
@fold.register(proceedings.LegalActionFinished)
def _(fact: proceedings.Heard, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """A court's day that is not the one known is prepared for anew; one that was taken away is not supported."""
    if isinstance(fact, proceedings.LegalActionFinished):
        file = file.with_(legal={key: one for key, one in file.legal.items() if key != fact.matter})
    hearings, known = dict(file.hearings), file.hearings.get(fact.matter)
    if fact.hearing is None:
        hearings.pop(fact.matter, None)
    elif known is None or (known.on, known.held_at) != (fact.hearing, fact.heard_at):
        begun = known if known is not None and known.on == fact.hearing else Hearing(on=fact.hearing)
        hearings[fact.matter] = begun.model_copy(update={"held_at": fact.heard_at})
    return file.with_(hearings=hearings)
