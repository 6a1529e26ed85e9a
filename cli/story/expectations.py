"""What a story expects: each kind says whether it is so, and if not, what is so instead."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from cli.story.expected import Expected
from cli.story.expected_findings import FoundExpected, OnlyFoundExpected
from cli.story.moments import Length, Moment, length, length_in_words
from policy.case_file import Stage
from policy.case_review.review import ReviewStage
from policy.deadlines import KEYS as OF_CASES
from policy.deadlines import bare_key, is_key, without_number
from policy.facts.letters import LetterKind, LetterSent
from policy.facts.proceedings import LegalStage
from policy.ledger import Ending, Line
from policy.procedures.kinds import KINDS
from policy.referral.codes import ReferralStage
from policy.simulation import Played, PlayedFile
from policy.working_days import moment_in_words


def _known(key: str) -> str:
    if not is_key(key) and not any(_stem(key) in kind.keys for kind in KINDS.values()):
        raise ValueError(f"there is no deadline called {key}; the deadlines are {', '.join(sorted(OF_CASES))}")
    return key


def _stem(key: str) -> str:
    """Without its number or, of an agency's answer, whose it is."""
    bare = without_number(bare_key(key))
    return "partner" if bare.startswith("partner-") else bare


Key = Annotated[str, AfterValidator(_known)]
KeyOrEverything = Literal["everything"] | Key


class DueExpected(Expected):
    """A deadline that falls due at a moment; its explanation holds the phrase `why`."""

    due: Key
    at: Moment
    why: str | None = None

    def otherwise(self, played: PlayedFile[Any, Any]) -> str | None:
        found = [line.deadline for line in _lines(played, self.due) if line.deadline.due == self.at]
        if not found:
            moments = [moment_in_words(line.deadline.due) for line in _lines(played, self.due)]
            return f"{self.due} fell due: {', '.join(moments) or 'never'}"
        explanation = f"{found[0].why}"
        if self.why and self.why.lower() not in explanation.lower():
            return f"its explanation is: {explanation}"
        return None


class MissedExpected(Expected):
    missed: Key
    due: Moment | None = None
    noticed: Moment | None = None
    noticed_late_by: Length | None = None

    def otherwise(self, played: PlayedFile[Any, Any]) -> str | None:
        missed = [
            (line.deadline.due, line.noticed_at)
            for line in _lines(played, self.missed, self.due)
            if line.noticed_at is not None
        ]
        if any(self._is(due, noticed_at) for due, noticed_at in missed):
            return None
        noticed = [f"{moment_in_words(at)}, {length_in_words(length(due, at))} late" for due, at in missed]
        return f"{self.missed} was noticed as missed: {'; '.join(noticed) or 'never'}"

    def _is(self, due: datetime, noticed_at: datetime) -> bool:
        when = self.noticed is None or _same(self.noticed, noticed_at)
        late = self.noticed_late_by is None or _same(due + self.noticed_late_by, noticed_at)
        return when and late


class KeptExpected(Expected):
    """Done in time and written down in time."""

    kept: Key
    due: Moment | None = None

    def otherwise(self, played: PlayedFile[Any, Any]) -> str | None:
        return _ended_otherwise(played, self.kept, self.due, Ending.KEPT)


class RecordedLateExpected(Expected):
    """Done in time, written down late."""

    recorded_late: Key
    due: Moment | None = None

    def otherwise(self, played: PlayedFile[Any, Any]) -> str | None:
        return _ended_otherwise(played, self.recorded_late, self.due, Ending.RECORDED_LATE)


class LateExpected(Expected):
    """Done, but late."""

    late: Key
    due: Moment | None = None

    def otherwise(self, played: PlayedFile[Any, Any]) -> str | None:
        return _ended_otherwise(played, self.late, self.due, Ending.LATE)


class WithdrawnExpected(Expected):
    """Owed no more without having been done."""

    withdrawn: Key
    due: Moment | None = None

    def otherwise(self, played: PlayedFile[Any, Any]) -> str | None:
        return _ended_otherwise(played, self.withdrawn, self.due, Ending.WITHDRAWN)


class MovedExpected(Expected):
    """Owed at another date from then on, since something else happened."""

    moved: Key
    due: Moment | None = None

    def otherwise(self, played: PlayedFile[Any, Any]) -> str | None:
        return _ended_otherwise(played, self.moved, self.due, Ending.MOVED)


class NotFlaggedExpected(Expected):
    """Deadlines that were never missed, done late or written down late; `everything` for all."""

    not_flagged: KeyOrEverything | tuple[KeyOrEverything, ...]

    def otherwise(self, played: PlayedFile[Any, Any]) -> str | None:
        keys = (self.not_flagged,) if isinstance(self.not_flagged, str) else self.not_flagged
        flagged = [line.deadline for line in played.flagged()]
        wrong = [d for d in flagged if {"everything", d.key, without_number(d.key)} & set(keys)]
        if not wrong:
            return None
        return f"flagged: {', '.join(f'{d.key} of {moment_in_words(d.due)}' for d in wrong)}"


class RefusedExpected(Expected):
    """`refused` is the number of the happening, counted from 1."""

    refused: int
    as_: str | None = Field(default=None, alias="as")
    row: str | None = None
    missing: tuple[str, ...] | None = None

    def otherwise(self, played: PlayedFile[Any, Any]) -> str | None:
        refusals = [t.refusal for t in played.refused if t.entry.id == happening_id(self.refused)]
        if not refusals:
            return f"happening {self.refused} was not refused"
        refusal = refusals[0]
        is_so = (
            self.as_ in (None, refusal.refused)
            and self.row in (None, refusal.row)
            and self.missing in (None, refusal.missing)
        )
        missing = ", ".join(refusal.missing) or "nothing"
        return None if is_so else f"it was refused as {refusal.refused} ({refusal.row}), missing: {missing}"


class LetterSentExpected(Expected):
    letter_sent: LetterKind
    at: Moment | None = None

    def otherwise(self, played: PlayedFile[Any, Any]) -> str | None:
        sent = [
            taken.entry.at
            for before, taken in zip([played.opening, *(t.file for t in played.taken)], played.taken, strict=False)
            if isinstance(taken.entry.fact, LetterSent)
            and (letter := before.letters.get(taken.entry.fact.key)) is not None
            and letter.kind is self.letter_sent
        ]
        if any(self.at is None or _same(self.at, at) for at in sent):
            return None
        return f"sent: {', '.join(map(moment_in_words, sent)) or 'never'}"


class StageExpected(Expected):
    stage: Stage | LegalStage | ReferralStage | ReviewStage
    at: Moment | None = None

    def otherwise(self, played: PlayedFile[Any, Any]) -> str | None:
        stage = played.file_at(self.at or played.stopped_at).stage
        return None if stage == self.stage else f"it is {stage}"


class SetAsideExpected(Expected):
    """A clock that was set aside; the reason holds the phrase `because`."""

    set_aside: str
    because: str = ""

    def otherwise(self, played: PlayedFile[Any, Any]) -> str | None:
        clocks = played.set_aside() if isinstance(played, Played) else []
        reasons = [clock.why for clock in clocks if clock.key == self.set_aside]
        if any(self.because.lower() in reason.lower() for reason in reasons):
            return None
        return f"{self.set_aside} was set aside: {'; '.join(reasons) or 'never'}"


class NotExpected(Expected):
    """What must not be so."""

    not_: "Expectation" = Field(alias="not")

    def in_words(self) -> str:
        return f"not {self.not_.in_words()}"

    def otherwise(self, played: PlayedFile[Any, Any]) -> str | None:
        return "it is so" if self.not_.otherwise(played) is None else None


_BY_KEY: Final[dict[str, type[Expected]]] = {
    "missed": MissedExpected,
    "kept": KeptExpected,
    "recorded_late": RecordedLateExpected,
    "late": LateExpected,
    "withdrawn": WithdrawnExpected,
    "moved": MovedExpected,
    "not_flagged": NotFlaggedExpected,
    "refused": RefusedExpected,
    "letter_sent": LetterSentExpected,
    "stage": StageExpected,
    "set_aside": SetAsideExpected,
    "found": FoundExpected,
    "only_found": OnlyFoundExpected,
    "not": NotExpected,
    "due": DueExpected,
}


def _kind(value: object) -> str | None:
    """The word that an expectation begins with. `due` is last, since several kinds have it beside their own."""
    if not isinstance(value, dict):
        return None
    return next((key for key in _BY_KEY if key in value), None)


Expectation = Annotated[
    Annotated[MissedExpected, Tag("missed")]
    | Annotated[KeptExpected, Tag("kept")]
    | Annotated[RecordedLateExpected, Tag("recorded_late")]
    | Annotated[LateExpected, Tag("late")]
    | Annotated[WithdrawnExpected, Tag("withdrawn")]
    | Annotated[MovedExpected, Tag("moved")]
    | Annotated[NotFlaggedExpected, Tag("not_flagged")]
    | Annotated[RefusedExpected, Tag("refused")]
    | Annotated[LetterSentExpected, Tag("letter_sent")]
    | Annotated[StageExpected, Tag("stage")]
    | Annotated[SetAsideExpected, Tag("set_aside")]
    | Annotated[FoundExpected, Tag("found")]
    | Annotated[OnlyFoundExpected, Tag("only_found")]
    | Annotated[NotExpected, Tag("not")]
    | Annotated[DueExpected, Tag("due")],
    Discriminator(
        _kind,
        custom_error_type="not_an_expectation",
        custom_error_message=f"an expectation begins with one of: {', '.join(_BY_KEY)}",
    ),
]
NotExpected.model_rebuild()


def happening_id(number: int) -> str:
    """The id under which a story's happening is recorded: a UUID that can be read."""
    return f"00000000-0000-4000-8000-{number:012d}"


_NEAR: Final = timedelta(seconds=10)
"""What a real server takes to do at once what is due at once."""


def _same(wanted: datetime, happened: datetime) -> bool:
    return abs(length(wanted, happened)) < _NEAR


def _lines(played: PlayedFile[Any, Any], key: str, due: datetime | None = None) -> Sequence[Line]:
    """`key` may leave the number out: `promise` for any promise."""
    named = [line for line in played.ledger() if key in (line.deadline.key, without_number(line.deadline.key))]
    return [line for line in named if due in (None, line.deadline.due)]


def _ended_otherwise(played: PlayedFile[Any, Any], key: str, due: datetime | None, ending: Ending) -> str | None:
    endings = [line.ended.ending if line.ended else "open" for line in _lines(played, key, due)]
    if ending in endings:
        return None
    return f"{key} is {', '.join(endings) or 'not owed'}".replace("_", " ")
