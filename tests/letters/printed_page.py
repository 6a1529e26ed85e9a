"""Reads a PDF as a screen reader would: its text in order, and what it says of itself."""

import io
import re
from collections.abc import Iterator

import pikepdf

PAIRS = re.compile(r"<([0-9a-f]+)>\s*<([0-9a-f]+)>", re.IGNORECASE)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """Without spaces: the typesetter places some of them instead of writing them."""
    with opened(pdf) as document:
        return re.sub(r"\s", "", "".join(_page_text(page) for page in document.pages))


def structure_of(pdf: bytes) -> list[str]:
    """The names of the structure elements, depth first."""
    with opened(pdf) as document:
        return list(_elements(document.Root.StructTreeRoot))


def alternatives_of(pdf: bytes) -> list[str]:
    """What is said in place of each figure, in order."""
    with opened(pdf) as document:
        return list(_alternatives(document.Root.StructTreeRoot))


def _alternatives(node: pikepdf.Object) -> Iterator[str]:
    if node.get("/S") == "/Figure":
        yield str(node.get("/Alt", ""))
    for kid in _kids(node):
        yield from _alternatives(kid)


def _elements(node: pikepdf.Object) -> list[str]:
    found = [str(node.S).removeprefix("/")] if "/S" in node else []
    for kid in _kids(node):
        found += _elements(kid)
    return found


def _kids(node: pikepdf.Object) -> list[pikepdf.Object]:
    kids = node.get("/K", pikepdf.Array())
    every = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in every if isinstance(kid, pikepdf.Dictionary)]


def _page_text(page: pikepdf.Page) -> str:
    glyphs = {name: _glyphs(font) for name, font in page.Resources.get("/Font", {}).items()}
    shown, font = "", {}
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "Tf":
                font = glyphs[str(operands[0])]
            case "Tj":
                shown += _decoded(bytes(operands[0]), font)
            case "TJ":
                strings = [part for part in operands[0] if isinstance(part, pikepdf.String)]
                shown += "".join(_decoded(bytes(part), font) for part in strings)
    return shown


def _decoded(code: bytes, font: dict[int, str]) -> str:
    pairs = zip(code[::2], code[1::2], strict=True)
    return "".join(font[high * 256 + low] for high, low in pairs)


def _glyphs(font: pikepdf.Object) -> dict[int, str]:
    mapping = font.ToUnicode.read_bytes().decode()
    blocks = re.findall(r"beginbfchar(.*?)endbfchar", mapping, re.DOTALL)
    pairs = [pair for block in blocks for pair in PAIRS.findall(block)]
    return {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}
