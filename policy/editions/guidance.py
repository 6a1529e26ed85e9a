"""What whoever takes a report asks, advises, and whom they name. (first-contact-guidance, section 4)"""

from typing import Annotated

from pydantic import Field

from policy.editions.table import Part, Table

Sentences = Annotated[tuple[str, ...], Field(min_length=1)]


class Ring(Part):
    """Somebody to ring. `number` is None where it is another one in each place, such as the council's."""

    who: str
    number: str | None = None
    when: str


class Guidance(Part):
    ask: Sentences
    advise: Sentences
    ring: Annotated[tuple[Ring, ...], Field(min_length=1)]


class FirstContactGuidance(Table):
    """`always` whatever was reported; `of` by the key of a category, in addition."""

    always: Guidance
    of: dict[str, Guidance]

    def without(self, categories: tuple[str, ...]) -> list[str]:
        """The categories that nobody would know what to say to, and guidance for what is no category."""
        return sorted(set(categories) ^ set(self.of))
