"""What somebody agrees to. The timeline keeps every answer."""

from policy.case_file import CaseFile
from policy.conduct import Answer
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
    """What somebody said last holds, also when something earlier is written down after it."""
    key = f"{fact.purpose}:{fact.person}"
    answer = Answer(at=fact.at, agreed=isinstance(fact, consent.ConsentGiven))
    said = tuple(sorted((*file.consents_said.get(key, ()), answer), key=lambda one: one.at))
    return file.with_(
        consents={**file.consents, key: said[-1].agreed}, consents_said={**file.consents_said, key: said}
    )
