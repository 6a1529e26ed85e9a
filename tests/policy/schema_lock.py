"""The shapes that running cases and kept timelines depend on, locked: types only grow.

`python -m tests.policy.schema_lock` writes the lock anew and refuses when a type did anything but grow.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from activities.night import Looked, Page
from activities.post import Letter
from activities.referrals import Order
from activities.register import Batch, BesideBatch
from activities.retention import Done, Turn
from policy.case_file import CaseFile
from policy.case_review.facts import REVIEW_FACT_TYPES, ReviewEntry
from policy.case_review.review import ReviewFile
from policy.estates.file import PlaceFile
from policy.facts import FACT_TYPES, Entry
from policy.journal import BESIDE_FACT_TYPES
from policy.legal_action.action import LegalFile
from policy.legal_action.facts import LEGAL_FACT_TYPES, LegalEntry
from policy.referral.facts import ReferralEntry
from policy.referral.referral import ReferralFile
from policy.retention.record import RetentionFile
from workflows.case_kind import CaseStart
from workflows.legal_kind import LegalStart
from workflows.nightly_audit import Progress
from workflows.referral_kind import ReferralStart
from workflows.retention import Kept
from workflows.review_kind import ReviewStart

LOCK: Final = Path(__file__).with_name("facts.schema.json")
COMMAND: Final = "python -m tests.policy.schema_lock"

Schema = dict[str, Any]

_NEVER_LESS: Final = ("maxLength", "maxItems", "maximum", "exclusiveMaximum")
_NEVER_MORE: Final = ("minLength", "minItems", "minimum", "exclusiveMinimum")
_NEVER_OTHER: Final = ("type", "format", "pattern", "const")


def locked() -> Schema:
    schema: Schema = json.loads(LOCK.read_text(encoding="utf-8"))
    return schema


def current() -> Schema:
    """JSON schemas by type: every fact, and what travels to and between workflows and activities."""
    kept: list[type[BaseModel]] = [*FACT_TYPES.values(), *BESIDE_FACT_TYPES.values(), PlaceFile, RetentionFile]
    kept += [*LEGAL_FACT_TYPES.values(), LegalEntry, LegalFile, LegalStart, BesideBatch]
    kept += [ReferralEntry, ReferralFile, ReferralStart, Order]
    kept += [*REVIEW_FACT_TYPES.values(), ReviewEntry, ReviewFile, ReviewStart]
    of_the_night: list[type[BaseModel]] = [Page, Looked, Progress, Turn, Done, Kept]
    kinds: list[type[BaseModel]] = [*kept, Entry, CaseFile, CaseStart, Batch, Letter, *of_the_night]
    references, schema = models_json_schema([(kind, "validation") for kind in kinds])
    roots = {kind.__name__: references[kind, "validation"] for kind in kinds}
    return {"types": roots, "$defs": _bare(schema["$defs"])}


def _bare(value: Any) -> Any:
    """Without what only people read."""
    if isinstance(value, list):
        return [_bare(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {k: _bare(v) for k, v in value.items() if not (k in {"title", "description"} and isinstance(v, str))}


def not_growth(old: Schema, new: Schema) -> list[str]:
    """Each place where the new shape would not take what the old one took, or would take it for something else."""
    comparison = _Comparison(old["$defs"], new["$defs"], set())
    found: list[str] = []
    for name, schema in old["types"].items():
        if name not in new["types"]:
            found.append(f"{name}: removed or renamed")
        else:
            found += comparison.faults(schema, new["types"][name], name)
    return found


@dataclass(frozen=True)
class _Comparison:
    old_defs: Schema
    new_defs: Schema
    seen: set[tuple[str, str]]

    def faults(self, old: Schema, new: Schema, place: str) -> Iterator[str]:
        pair = (old.get("$ref", ""), new.get("$ref", ""))
        if all(pair):
            if pair in self.seen:
                return
            self.seen.add(pair)
        yield from _changed_default(old, new, place)
        old, new = _resolved(old, self.old_defs), _resolved(new, self.new_defs)
        if "anyOf" in new or "oneOf" in new:
            yield from self._unions(_alternatives(old), _alternatives(new), place)
            return
        if "anyOf" in old or "oneOf" in old:
            yield f"{place}: takes fewer kinds of value"
            return
        yield from _tightened(old, new, place)
        yield from self._properties(old, new, place)
        for part in ("items", "additionalProperties", "propertyNames"):
            if isinstance(old.get(part), dict) or isinstance(new.get(part), dict):
                yield from self.faults(_schema(old.get(part)), _schema(new.get(part)), f"{place}[]")

    def _properties(self, old: Schema, new: Schema, place: str) -> Iterator[str]:
        fields = new.get("properties", {})
        for name, schema in old.get("properties", {}).items():
            if name not in fields:
                yield f"{place}.{name}: removed or renamed"
            else:
                yield from self.faults(schema, fields[name], f"{place}.{name}")
        for name in sorted(set(new.get("required", ())) - set(old.get("required", ()))):
            yield f"{place}.{name}: required, and was not"

    def _unions(self, old: list[Schema], new: list[Schema], place: str) -> Iterator[str]:
        """Each old alternative is still taken by one of the new: the one of its name, else any."""
        for one in old:
            named = [other for other in new if _name(other) == _name(one)]
            tries = [
                list(_Comparison(self.old_defs, self.new_defs, set()).faults(one, n, place)) for n in named or new
            ]
            yield from min(tries, key=len)


def _schema(value: Any) -> Schema:
    return value if isinstance(value, dict) else {}


def _resolved(schema: Schema, defs: Schema) -> Schema:
    reference = schema.get("$ref")
    found: Schema = defs[reference.rsplit("/", 1)[-1]] if reference else schema
    return found


def _alternatives(schema: Schema) -> list[Schema]:
    found: list[Schema] = schema.get("anyOf") or schema.get("oneOf") or [schema]
    return found


def _name(schema: Schema) -> str:
    return str(schema.get("$ref") or schema.get("type"))


def _changed_default(old: Schema, new: Schema, place: str) -> Iterator[str]:
    if "default" in old and not _means_the_same(old["default"], new.get("default", ...)):
        yield f"{place}: another default gives old facts another meaning"


def _means_the_same(old: Any, new: Any) -> bool:
    """Also where what it is made of has grown by something that is left out."""
    if isinstance(old, dict) and isinstance(new, dict):
        return new == old | dict.fromkeys(new.keys() - old.keys())
    return bool(old == new)


def _tightened(old: Schema, new: Schema, place: str) -> Iterator[str]:
    for word in _NEVER_OTHER:
        if old.get(word) != new.get(word):
            yield f"{place}: {word} was {old.get(word)} and is {new.get(word)}"
    for value in [v for v in old.get("enum", ()) if v not in new.get("enum", [v])]:
        yield f"{place}: no longer takes {value}"
    if "enum" in new and "enum" not in old:
        yield f"{place}: takes a closed list only"
    for word in _NEVER_LESS:
        if word in new and new[word] < old.get(word, float("inf")):
            yield f"{place}: {word} is tighter"
    for word in _NEVER_MORE:
        if word in new and new[word] > old.get(word, float("-inf")):
            yield f"{place}: {word} is tighter"


def main() -> int:
    new = current()
    if LOCK.exists() and (faults := not_growth(locked(), new)):
        sys.stderr.write("\n".join(("Types only grow; running cases and timelines need these:", *faults, "")))
        return 1
    LOCK.write_text(json.dumps(new, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
