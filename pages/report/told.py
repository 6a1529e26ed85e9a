"""The answers as the report that the API takes."""

from typing import Any, Final

from pages.questions import Answers, hour_of, lines_of, one
from pages.report.asked import NOT_LISTED, NOT_SURE, NOTHING_AT_ALL, YES, happened_at, is_hate, is_reached, ways
from policy.facts.reporting import Channel, Perceiver, Reporter

_PERCEIVED_BY: Final = {Reporter.VICTIM: Perceiver.VICTIM, Reporter.WITNESS: Perceiver.WITNESS}


_UNSURE: Final = {
    "hate": "Not sure whether it is because of who somebody is.",
    "close": "Not sure whether it is a partner, an ex-partner or somebody of the family.",
}


def body(answers: Answers) -> dict[str, Any]:
    """The same for the same answers. What was not told is not there."""
    reporter = Reporter(one(answers, "reporter") or Reporter.ANONYMOUS)
    category = one(answers, "category")
    hate = {
        "strands": list(answers.get("strands", ())),
        "perceived_by": _PERCEIVED_BY.get(reporter, Perceiver.OTHER).value,
    }
    told = {
        "channel": Channel.WEB.value,
        "reporter": reporter.value,
        "words": _words(answers),
        "category": None if category == NOT_LISTED else category,
        "hate": hate if is_hate(answers) else None,
        "happened_at": when.isoformat() if (when := happened_at(answers)) else None,
        "place": _some({"address": _lines(answers, "where")}),
        "about": _some({"name": one(answers, "their_name"), "address": _lines(answers, "their_address")}),
        "domestic_abuse": one(answers, "close") == YES or None,
    }
    return _some(told | _reached(answers)) or {}


def _reached(answers: Answers) -> dict[str, Any]:
    person = {
        "name": one(answers, "name"),
        "phone": one(answers, "phone"),
        "email": one(answers, "email"),
        "address": _lines(answers, "address"),
    }
    helps = {"adjustments": list(answers.get("needs", ()))}
    if not ways(answers):
        return helps | {"complainant": _some(person)}
    safe = [means.value for means in ways(answers) if means in answers.get("safe", ())]
    hours = {"from_time": _hour(answers, "from_hour"), "until_time": _hour(answers, "until_hour")}
    only = {"means": safe} | {name: at for name, at in hours.items() if at}
    anything = len(safe) == len(ways(answers)) and not any(hours.values()) and one(answers, "close") != YES
    return helps | {
        "complainant": _some(person),
        "safe_contact": None if anything else only,
        "no_contact": NOTHING_AT_ALL in answers.get("safe", ()) or None,
    }


def _words(answers: Answers) -> str:
    """With what they are not sure of, to be asked about, and what else would help, to be recorded as a need."""
    other = one(answers, "other_needs") if is_reached(answers) else None
    unsure = [text for name, text in _UNSURE.items() if one(answers, name) == NOT_SURE]
    easier = [f"Would make it easier: {other}"] if other else []
    return "\n\n".join([one(answers, "words") or "", *unsure, *easier])


def _hour(answers: Answers, name: str) -> str | None:
    hour = hour_of(one(answers, name) or "")
    return f"{hour:%H:%M}" if hour else None


def _lines(answers: Answers, name: str) -> list[str]:
    return list(lines_of(one(answers, name) or ""))


def _some(told: dict[str, Any]) -> dict[str, Any] | None:
    return {name: said for name, said in told.items() if said not in (None, [], {})} or None
