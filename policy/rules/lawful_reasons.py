"""A supervisor may name a lawful reason in place of a consent. (police-with-consent, information-sharing)"""

from typing import Any

from policy.editions import Edition
from policy.editions.table import choices
from policy.facts import Recorded, Role
from policy.refusals import Refused

_MAY_OVERRIDE = (Role.SUPERVISOR, Role.MANAGER)


def is_a_lawful_reason(reason: str, edition: Edition, refusal: type[Refused]) -> None:
    reasons = edition.police.lawful_reasons
    if reason not in {one.key for one in reasons}:
        raise refusal(f"Not a lawful reason: {reason}. The reasons are: {choices(reasons)}.")


def decided_by_a_supervisor(entry: Recorded[Any], what: str, refusal: type[Refused]) -> None:
    if entry.by.role not in _MAY_OVERRIDE:
        raise refusal(f"Only a supervisor may {what}.", missing=("a supervisor's decision",))
