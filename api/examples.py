"""What a field of that name may hold, as the API's description shows it: keys of the edition, and references."""

from typing import Any, Final

from policy.editions import released
from policy.matters import COURSES

_EDITION: Final = released()[-1]
_STAFF: Final = "officer-1"
_CASE: Final = "CW-2026-000123"
_AGENCY: Final = "victim_support"

_LENGTH_OF_A_KEY: Final = 64

KEYS: Final = {
    "category": "noise",
    "categories": "noise",
    "agency": _AGENCY,
    "agencies": _AGENCY,
    "members": _AGENCY,
    "came": _AGENCY,
    "attended": _AGENCY,
    "to": _AGENCY,
    "district": "sevenoaks",
    "route": _EDITION.case_reviews.routes[0].key,
    "remedy": "injunction",
    "step": "warning_letter",
    "NoticeProposed.step": "notice_seeking_possession",
    "asked_of": "police",
    "PowerAsked.power": "dispersal",
    "power": _EDITION.powers[0].key,
    "excluded": _EDITION.legal.excluded_conditions[0].key,
    "lawful_reason": "life_at_risk",
    "HealthContactMade.lawful_reason": "danger_to_life",
    "partners": _EDITION.partners.partners[0].key,
    "provider": _EDITION.support.providers[0].key,
    "measures": _EDITION.safety.measures[0].key,
    "NeedTold.kind": "disability",
    "NeedEnded.kind": "disability",
    "FindingTold.kind": "graffiti",
    "edition": _EDITION.name,
    "case": _CASE,
    "cases": _CASE,
    "into": _CASE,
    "other": _CASE,
    "follows": _CASE,
    "from_case": _CASE,
    "with_case": _CASE,
    "review": "CR-2026-000123",
    "officer": _STAFF,
    "owner": _STAFF,
    "handled_by": _STAFF,
    "proposed_by": _STAFF,
    "inspected_by": _STAFF,
    "person": "perpetrator-1",
    "about": "complainant",
    "parties": "complainant",
    "group": "group-7",
    "recommendation": "recommendation-1",
    "language": "pl",
    **{
        f"{fact.__name__}.matter": f"{kind}-7"
        for kind, course in reversed(tuple(COURSES.items()))
        for stage in course.stages.values()
        for fact in (*stage.steps, *stage.otherwise, *stage.tells_of)
    },
}
"""By the field's name, or its fact's and its own where they differ."""


def with_examples(schema: dict[str, Any], name: str = "") -> dict[str, Any]:
    """Each field that takes a key or a reference, or several."""
    fields = schema.get("properties", {})
    shown = {field: _with_example(told, name, field) for field, told in fields.items()}
    return schema | {"properties": shown} if fields else schema


def _with_example(told: dict[str, Any], name: str, field: str) -> dict[str, Any]:
    example = KEYS.get(f"{name}.{field}", KEYS.get(field))
    alternatives = [told, *told.get("anyOf", ())]
    if example is None:
        return told
    if any(_takes_a_key(one) for one in alternatives):
        return told | {"examples": [example]}
    if any(_takes_a_key(one.get("items", {})) for one in alternatives):
        return told | {"examples": [[example]]}
    return told


def _takes_a_key(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "string" and schema.get("maxLength") == _LENGTH_OF_A_KEY
