"""The base of every value that policy, workflows and the wire share."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, ConfigDict

T = TypeVar("T")


class _MadeOf(cached_property[T]):
    fields: tuple[str, ...] = ()


def made_of(*fields: str) -> Callable[[Callable[[Any], T]], cached_property[T]]:
    """A property that is worked out once, from these fields alone, and goes on with copies that change none."""

    def kept(work_out: Callable[[Any], T]) -> cached_property[T]:
        found = _MadeOf(work_out)
        found.fields = fields
        return found

    return kept


class Frozen(BaseModel):
    """An immutable value. Unknown fields are ignored when decoding, so that types can grow.
    An error never quotes what it was given: it may end in a log.
    """

    model_config = ConfigDict(
        frozen=True, extra="ignore", hide_input_in_errors=True, ignored_types=(cached_property,)
    )
    _made_of: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """By field, what `made_of` it is."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:  # noqa: ANN401 - as Pydantic's
        found: dict[str, tuple[str, ...]] = {}
        for name, one in (item for base in cls.__mro__ for item in vars(base).items()):
            for field in one.fields if isinstance(one, _MadeOf) else ():
                found[field] = (*found.get(field, ()), name)
        cls._made_of = found

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """As Pydantic's. A file is copied many times for each fact, and shares what never changes."""
        if deep:
            return super().model_copy(deep=True).model_copy(update=update)
        if self.__pydantic_private__ is not None or self.__pydantic_extra__ is not None:
            return super().model_copy(update=update)
        more = update or {}
        values, told = {**self.__dict__, **more}, self.__pydantic_fields_set__
        if self._made_of:
            for name in more:
                for made in self._made_of.get(name, ()):
                    values.pop(made, None)
        copied = type(self).__new__(type(self))
        object.__setattr__(copied, "__dict__", values)
        object.__setattr__(copied, "__pydantic_fields_set__", told if more.keys() <= told else told | more.keys())
        object.__setattr__(copied, "__pydantic_extra__", None)
        object.__setattr__(copied, "__pydantic_private__", None)
        return copied
