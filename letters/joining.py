"""Joins PDFs one at a time into a stream, with their tags, so that how many there are takes no memory.

qpdf reads each; we write its objects on under higher numbers, below one tree of pages and one of tags (ISO
32000-1, 7.5 and 14.7). Bookmarks are left behind.
"""

import hashlib
import io
import re
from array import array
from collections.abc import Iterator
from itertools import repeat
from typing import Any, Final

import pikepdf
from pikepdf import Array, Pdf, Stream

_HEAD: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_CATALOG, _PAGES, _TAGS, _PARENTS, _FREE = range(1, 6)
"""The numbers of our own objects, and the first that is free."""
_REFERENCE: Final = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f]*>|(?<![\w#/.-])(\d+) 0 R\b", re.DOTALL)
"""Strings, in which nothing is a reference, and references."""
_OF_ONE_FILE: Final = frozenset({"/ObjStm", "/XRef", "/Catalog", "/StructTreeRoot"})
_FOR_ALL: Final = ("/Lang", "/MarkInfo", "/Metadata", "/ViewerPreferences")


class Joining:
    """`begin` with the first, whose language and title are those of all, `add` others, `end`: each answers the
    next bytes. Raises pikepdf.PdfError for what is no PDF.
    """

    def __init__(self) -> None:
        self._length = 0
        self._free = _FREE
        self._offsets = array("Q", bytes(8 * _FREE))
        """By number, zero where there is no such object: of a thousand letters there are a hundred thousand."""
        self._pages: list[int] = []
        self._page_count = 0
        self._tags: list[bytes] = []
        self._parents: list[int] = []
        self._parent_keys = 0
        self._of_all: list[bytes] = []
        self._roles = b""
        self._seal = hashlib.sha256()

    def begin(self, pdf: bytes) -> bytes:
        self._length = len(_HEAD)
        return _HEAD + self.add(pdf)

    def add(self, pdf: bytes) -> bytes:
        self._seal.update(hashlib.sha256(pdf).digest())
        with pikepdf.open(io.BytesIO(pdf)) as source:
            return b"".join(self._added(source))

    def end(self) -> bytes:
        tags = b"/Type /StructTreeRoot /K [ %s ] /ParentTree %d 0 R /ParentTreeNextKey %d %s"
        last = [
            (_CATALOG, b"/Type /Catalog /Pages %d 0 R /StructTreeRoot %d 0 R %s"
             % (_PAGES, _TAGS, b" ".join(self._of_all))),
            (_PAGES, b"/Type /Pages /Count %d /Kids %s" % (self._page_count, _references(self._pages))),
            (_TAGS, tags % (b" ".join(self._tags), _PARENTS, self._parent_keys, self._roles)),
            (_PARENTS, b"/Kids %s" % _references(self._parents)),
        ]  # fmt: skip
        return b"".join([*(self._written(n, b"<< %s >>" % said) for n, said in last), self._table()])

    def _added(self, source: Pdf) -> Iterator[bytes]:
        size = int(source.trailer.Size)
        shift = self._free - 1
        self._free += size
        root, pages = source.Root, source.Root.Pages
        tags = root.StructTreeRoot
        became = {tags.objgen[0]: _TAGS}

        def shifted(one: Any) -> bytes:  # noqa: ANN401 - pikepdf gives numbers as Python's own
            return _shifted(_spelt(one), shift, became)

        if not self._of_all:
            self._of_all = [b"%s %s" % (key.encode(), shifted(Array([root[key]]))[1:-1]) for key in _FOR_ALL]
            self._roles = b"/RoleMap %s" % shifted(tags.RoleMap)
        keys = list(_keys(source))
        for tagged, key in keys:
            tagged[key] = int(tagged[key]) + self._parent_keys
        kids = tags.K if isinstance(tags.K, Array) else Array([tags.K])
        self._tags.append(shifted(kids)[1:-1])
        pages.Parent = pikepdf.Dictionary()  # written below: our own
        for number in range(1, size):
            one: Any = source.get_object(number, 0)
            if one is None or _kind(one) in _OF_ONE_FILE:
                continue
            said = shifted(one)
            if number == pages.objgen[0]:
                said = said.replace(b"/Parent << >>", b"/Parent %d 0 R" % _PAGES)
            yield self._written(number + shift, said, one.read_raw_bytes() if isinstance(one, Stream) else None)
        self._pages.append(pages.objgen[0] + shift)
        self._page_count += int(pages.Count)
        yield self._parent_tree(Array(tags.ParentTree.Nums), shifted)

    def _parent_tree(self, nums: Array, shifted: Any) -> bytes:  # noqa: ANN401 - as above
        number = self._free
        self._free += 1
        found = [(int(nums[n]) + self._parent_keys, nums[n + 1]) for n in range(0, len(nums), 2)]
        said = b" ".join(b"%d %s" % (key, shifted(Array([one]))[1:-1]) for key, one in found)
        limits = b"[ %d %d ]" % (found[0][0], found[-1][0])
        self._parent_keys = found[-1][0] + 1
        self._parents.append(number)
        return self._written(number, b"<< /Limits %s /Nums [ %s ] >>" % (limits, said))

    def _written(self, number: int, said: bytes, stream: bytes | None = None) -> bytes:
        self._offsets.extend(repeat(0, number + 1 - len(self._offsets)))
        self._offsets[number] = self._length
        inner = said if stream is None else b"%s\nstream\n%s\nendstream" % (said, stream)
        written = b"%d 0 obj\n%s\nendobj\n" % (number, inner)
        self._length += len(written)
        return written

    def _table(self) -> bytes:
        size = len(self._offsets)
        free = b"0000000000 65535 f \n"
        lines = (b"%010d 00000 n \n" % at if at else free for at in self._offsets)
        seal = self._seal.hexdigest()[:32].encode()
        trailer = b"trailer\n<< /Size %d /Root %d 0 R /ID [ <%s> <%s> ] >>\n" % (size, _CATALOG, seal, seal)
        end = b"startxref\n%d\n%%%%EOF\n" % self._length
        return b"".join([b"xref\n0 %d\n" % size, *lines, trailer, end])


def _keys(source: Pdf) -> Iterator[tuple[Any, str]]:
    """Where pages and links say under which key their tags are found."""
    for page in source.pages:
        for one, key in (
            (page.obj, "/StructParents"),
            *((a, "/StructParent") for a in page.obj.get("/Annots", ())),
        ):
            if key in one:
                yield one, key


def _spelt(one: Any) -> bytes:  # noqa: ANN401 - as above
    if isinstance(one, Stream):
        return one.stream_dict.unparse(resolved=True)
    return one.unparse(resolved=True) if isinstance(one, pikepdf.Object) else Array([one]).unparse()[1:-1]


def _kind(one: Any) -> str:  # noqa: ANN401 - as above
    return str(one.get("/Type", "")) if isinstance(one, pikepdf.Dictionary | Stream) else ""


def _shifted(said: bytes, shift: int, became: dict[int, int]) -> bytes:
    def instead(found: re.Match[bytes]) -> bytes:
        if found[1] is None:
            return found[0]
        number = int(found[1])
        return b"%d 0 R" % became.get(number, number + shift)

    return _REFERENCE.sub(instead, said)


def _references(numbers: list[int]) -> bytes:
    return b"[ %s ]" % b" ".join(b"%d 0 R" % number for number in numbers)
