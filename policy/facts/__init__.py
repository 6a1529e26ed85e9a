"""What can happen on a case. One type per happening: request body, Temporal payload and timeline entry."""

import hashlib
import json
from typing import Annotated, Final, get_args

from pydantic import Field

from policy.facts import (
    agreeing,
    assessing,
    auditing,
    case_reviews,
    closing,
    consent,
    consequences,
    contact,
    disability,
    disclosing,
    effects,
    evidence,
    grounds,
    groups,
    health,
    hearings,
    home_security,
    importing,
    interviewing,
    joining,
    letters,
    linking,
    mediating,
    needs,
    parts,
    policing,
    powers,
    proceedings,
    promising,
    publicity,
    questionnaires,
    referring,
    remedies,
    reporting,
    reviewing,
    risk,
    ruling,
    safety,
    signposting,
    support,
    surveillance,
    tenancies,
    warning,
    wishing,
)
from policy.facts.base import BORDER, SYSTEM, Actor, Fact, Recorded, Role

CaseFact = Annotated[
    reporting.Facts
    | contact.Facts
    | joining.Facts
    | linking.Facts
    | parts.Facts
    | assessing.Facts
    | reviewing.Facts
    | promising.Facts
    | closing.Facts
    | letters.Facts
    | ruling.Facts
    | wishing.Facts
    | questionnaires.Facts
    | consequences.Facts
    | signposting.Facts
    | consent.Facts
    | needs.Facts
    | risk.Facts
    | support.Facts
    | home_security.Facts
    | safety.Facts
    | hearings.Facts
    | health.Facts
    | auditing.Facts
    | evidence.Facts
    | surveillance.Facts
    | interviewing.Facts
    | mediating.Facts
    | agreeing.Facts
    | tenancies.Facts
    | policing.Facts
    | remedies.Facts
    | publicity.Facts
    | effects.Facts
    | warning.Facts
    | grounds.Facts
    | powers.Facts
    | proceedings.Facts
    | groups.Facts
    | referring.Facts
    | case_reviews.Facts
    | disability.Facts
    | disclosing.Facts
    | importing.Facts,
    Field(discriminator="fact"),
]

FACT_TYPES: Final[dict[str, type[Fact]]] = {
    kind.model_fields["fact"].default: kind for kind in get_args(get_args(CaseFact)[0])
}
"""Every fact type by the name it carries in its field `fact`."""

News = Annotated[proceedings.News | referring.News | case_reviews.News, Field(discriminator="fact")]
"""What a case hears of what is carried on beside it."""


class Entry(Recorded[CaseFact]):
    """Of a case."""


def digest(body: object) -> str:
    """SHA-256 over a JSON body, 32 hexadecimal digits."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()[:32]


def canonical(value: object) -> str:
    """One spelling for one content: sorted keys, no white space, no escapes that JSON does not need."""
    return _CANONICAL.encode(value)


_CANONICAL: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


__all__ = [
    "BORDER",
    "FACT_TYPES",
    "SYSTEM",
    "Actor",
    "CaseFact",
    "Entry",
    "Fact",
    "News",
    "Recorded",
    "Role",
    "canonical",
    "digest",
]
