"""A YAML text together with its places, so that what is wrong can be said with its line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

Place = tuple[int | str, ...]

_ENTRIES: Final = {"happenings": "happening", "expect": "expectation"}


class NotYaml(ValueError):
    """The message says on which line, where that is known."""


@dataclass(frozen=True)
class Text:
    root: yaml.MappingNode

    @classmethod
    def of(cls, text: str) -> "Text":
        """Raises NotYaml."""
        try:
            root = yaml.compose(text, _Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise NotYaml(f"line {mark.line + 1 if mark else 1}: {error.problem}") from None
        except yaml.YAMLError as error:
            raise NotYaml(" ".join(str(error).split())) from None
        if not isinstance(root, yaml.MappingNode):
            raise NotYaml("holds no story: it begins with `title:`")
        for key in _said_twice(root):
            raise NotYaml(f"line {key.start_mark.line + 1}, {key.value}: is said twice")
        return cls(root)

    def content(self) -> Any:  # noqa: ANN401 - as the text has it; whoever asks says what it must be
        return _Loader("").construct_document(self.root)

    def in_words(self, place: Place) -> str:
        """`line 14, happening 3, means`. Steps of the place that the text does not have lead nowhere."""
        node: yaml.Node = self.root
        steps: list[int | str] = []
        for number, step in enumerate(place, start=1):
            child = _child(node, step)
            is_last = number == len(place)
            if child is not None and (is_last or not isinstance(child, yaml.ScalarNode)):
                node = child
                steps.append(step)
            elif is_last:
                steps.append(step)
        return ", ".join([f"line {node.start_mark.line + 1}", *_step_words(steps)])


def _step_words(steps: list[int | str]) -> Iterator[str]:
    match steps:
        case [str() as many, int() as number, *rest] if many in _ENTRIES:
            yield f"{_ENTRIES[many]} {number + 1}"
            yield from map(str, rest)
        case _:
            yield from map(str, steps)


def _child(node: yaml.Node, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child: yaml.Node = node.value[step]
        return child
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    return None


def _said_twice(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _said_twice(each)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if str(key.value) in seen:
                yield key
            seen.add(str(key.value))
            yield from _said_twice(value)


class _Loader(yaml.SafeLoader):
    """Leaves moments as they are written, since they are London's, and words such as `on` and `no` as words."""


_LEFT_AS_WRITTEN: Final = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _LEFT_AS_WRITTEN]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
