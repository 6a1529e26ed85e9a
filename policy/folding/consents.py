"""What somebody agrees to. The timeline keeps every answer."""

from policy.case_file import CaseFile, later
from policy.consents import answered
from policy.editions import Edition
from policy.facts import Entry, consent
from policy.folding.base import fold


@fold.register
def _(fact: consent.ConsentAsked, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    key = f"{fact.purpose}:{fact.person}"
    return file.with_(asked={**file.asked, key: later(file.asked.get(key), fact.at)})


@fold.register(consent.ConsentGiven)
@fold.register(consent.ConsentRefused)
@fold.register(consent.ConsentWithdrawn)
def _(
    fact: consent.ConsentGiven | consent.ConsentRefused | consent.ConsentWithdrawn,
    file: CaseFile,
    entry: Entry,
    _edition: Edition,
) -> CaseFile:
    return answered(file, fact, entry.recorded_at)
