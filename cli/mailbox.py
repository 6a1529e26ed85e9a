"""The mail that a machine on its own has caught, for whoever tries Casework there."""

from pathlib import Path

from runtime.embedded.mailbox import kept_mail, listed, printed


class NoSuchMail(Exception):
    """How many there are is in the message."""


def shown(folder: Path, number: int | None) -> str:
    """The list, or one of it: from 1, or from the newest with -1. Raises NoSuchMail."""
    kept = kept_mail(folder)
    if number is None:
        lines = [listed(place, mail) for place, mail in enumerate(kept, 1)]
        return "\n".join(lines) or "No mail has been caught in this folder yet."
    place = number if number > 0 else len(kept) + 1 + number
    if number == 0 or not 1 <= place <= len(kept):
        raise NoSuchMail(f"There is no mail {number}: there are {len(kept)}.")
    return printed(kept[place - 1])
