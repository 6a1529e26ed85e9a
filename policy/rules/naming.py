"""Nobody is named in what others read of a case. (publicise-action, clear-consequences)"""

import re
from collections.abc import Mapping
from typing import Final

from policy.case_file import CaseFile
from policy.company import COMPLAINANT, called
from policy.facts.base import Fact
from policy.facts.consequences import PerpetratorWrittenTo
from policy.facts.letters import LetterAskedFor, LetterWorded
from policy.facts.parts import Part
from policy.facts.publicity import PublicityWorded
from policy.facts.warning import WarningProposed
from policy.refusals import LetterMayIdentify
from policy.refusals.conduct import VictimCouldBeKnown
from policy.working_days import listed

NAME_NOBODY: Final = (PublicityWorded, WarningProposed, PerpetratorWrittenTo, LetterAskedFor, LetterWorded)
"""What says something to others in words of ours."""

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_NO_NAMES: Final = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "the",
        "an",
        "and",
        "at",
        "of",
        "in",
        "from",
        "not",
        "known",
        "unknown",
    ]
)
_ENOUGH: Final = 2


def names_nobody(file: CaseFile, fact: Fact, names: Mapping[str, str]) -> None:
    """`names` are those of people on the case, by what they are called there. Raises a Refused."""
    match fact:
        case PublicityWorded():
            if named := [called(key) for key, name in names.items() if is_named(name, fact.words)]:
                raise VictimCouldBeKnown(
                    f"This has a name of {listed(named)} in it. Say what was done without naming anybody.",
                    missing=("words without names",),
                )
        case WarningProposed() | PerpetratorWrittenTo():
            _gives_nobody_away(file, f"{fact.alleged}\n{fact.decided}\n{fact.happens_next}", names)
        case LetterAskedFor(person=reader) if reader != COMPLAINANT:
            _gives_nobody_away(file, fact.own_words, names, reader)
        case LetterWorded(key=key) if key in file.letters and file.letters[key].to != COMPLAINANT:
            _gives_nobody_away(file, fact.own_words, names, file.letters[key].to)


def _gives_nobody_away(file: CaseFile, words: str, names: Mapping[str, str], reader: str | None = None) -> None:
    """Raises LetterMayIdentify."""
    own, others = _own(file, names, reader), [key for key in _others(file, names) if key != reader]
    if named := [called(key) for key in others if is_named(names[key], words, own)]:
        raise LetterMayIdentify(
            f"This has a name of {listed(named)} in it. Nothing in it may give away who complained: say it"
            " without that name.",
            missing=("words without that name",),
        )


def is_named(name: str, words: str, but: frozenset[str] = frozenset()) -> bool:
    """Any part of it as a whole word. Written small it may be another word, such as rose or mark, unless all of
    the name stands there. `but` are names that may be said.
    """
    parts = [part for part in _parts(name) if part not in but]
    said = _WORD.findall(words)
    if any(one.casefold() in parts for one in said if not one.islower()):
        return True
    all_said = f" {' '.join(one.casefold() for one in said)} "
    return len(parts) >= _ENOUGH and f" {' '.join(parts)} " in all_said


def _parts(name: str) -> list[str]:
    return [part for one in _WORD.findall(name) if (part := one.casefold()) not in _NO_NAMES]


def _others(file: CaseFile, names: Mapping[str, str]) -> list[str]:
    """Whoever is not complained about."""
    return [key for key in names if file.people[key].part is not Part.PERPETRATOR]


def _own(file: CaseFile, names: Mapping[str, str], reader: str | None) -> frozenset[str]:
    """A family may share its name."""
    theirs = {key for key in names if key == reader or key not in _others(file, names)}
    return frozenset(part for key in theirs for part in _parts(names[key]))
