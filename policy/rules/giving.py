"""To whom a case can be given, as only somebody who sees beside it can say. (new-cases-daily, section 7)"""

from collections.abc import Collection

from policy.refusals.access import HasLeft


def works_here(officer: str, left: Collection[str]) -> None:
    """Raises HasLeft."""
    if officer in left:
        raise HasLeft(
            f"{officer} does not work here any more: choose somebody else. Signing in again undoes that."
        )
