"""That a letter came back, as a mail server says."""

from datetime import datetime

from policy.facts.letters import LetterCameBack, LetterKind
from policy.facts.people import Means


def came_back(  # noqa: PLR0913, PLR0917 - a letter is what it says, to whom it went and how
    at: datetime,
    key: str,
    kind: LetterKind = LetterKind.ACKNOWLEDGEMENT,
    about: str = "",
    to: str = "complainant",
    means: Means = Means.EMAIL,
) -> LetterCameBack:
    return LetterCameBack(at=at, key=key, kind=kind, about=about, to=to, means=means)
