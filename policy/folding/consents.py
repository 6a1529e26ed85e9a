"""What somebody agrees to. The last answer holds; the timeline keeps every one."""

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts import Entry, consent
from policy.folding.base import fold


@fold.register(consent.ConsentGiven)
@fold.register(consent.ConsentRefused)
@fold.register(consent.ConsentWithdrawn)
def _(
    fact: consent.ConsentGiven | consent.ConsentRefused | consent.ConsentWithdrawn,
    file: CaseFile,
    _entry: Entry,
    _edition: Edition,
) -> CaseFile:
    agreed = isinstance(fact, consent.ConsentGiven)
    return file.with_(consents={**file.consents, f"{fact.purpose}:{fact.person}": agreed})
