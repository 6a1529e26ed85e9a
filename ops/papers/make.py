"""Writes the papers that data protection asks for, from the tables as they are. `python -m ops.papers.make`"""

import importlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any, Final

from policy.editions import released
from store.sessions import METADATA

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
PAPERS: Final = ROOT / "docs" / "data-protection"
NOT_SET: Final = "not set yet"


def tables() -> dict[str, list[str]]:
    """Every table and view that the code speaks of, with its columns."""
    for file in sorted((ROOT / "store").glob("[a-z]*.py")):
        importlib.import_module(f"store.{file.stem}")
    return {table.name: [column.name for column in table.columns] for table in METADATA.sorted_tables}


def classification() -> dict[str, Any]:
    read: dict[str, Any] = tomllib.loads((HERE / "classification.toml").read_text())
    return read


def papers() -> dict[str, str]:
    """Each paper by its file's name."""
    known = classification()
    told = {
        "stores": "\n".join(_stores(known)),
        "categories": "\n".join(_categories(known["categories"])),
        "outside": "\n".join(f"| {store} | {what} |" for store, what in known["outside"].items()),
        "periods": "\n".join(_periods()),
        "recipients": "\n".join(_recipients()),
        "edition": released()[-1].name,
        "special_stores": _naming(known, "special"),
        "criminal_stores": _naming(known, "criminal"),
    }
    return {file.name: Template(file.read_text()).substitute(told) for file in sorted(HERE.glob("*.md"))}


def _stores(known: dict[str, Any]) -> Iterator[str]:
    for name in sorted(known["tables"]):
        table = known["tables"][name]
        fields = "; ".join(
            f"{category}: {', '.join(columns)}" for category, columns in sorted(table["columns"].items())
        )
        about, kept = ", ".join(table["about"]), _kept(table)
        yield f"| `{name}` | {table['keeps']} | {about} | {fields} | {_flags(known, table)} | {kept} |"


def _kept(table: dict[str, Any]) -> str:
    told: str = table.get("retention", ", ".join(table.get("periods", ())) or NOT_SET)
    return f"{told}; left: {table['left']}" if "left" in table else told


def _periods() -> Iterator[str]:
    """As the edition in force last has them."""
    for one in released()[-1].retention.periods:
        yield f"| {one.key} | {one.name} | {one.months} months | {one.after} | {one.source} |"


def _flags(known: dict[str, Any], table: dict[str, Any]) -> str:
    articles = [article for article, flag in (("9", "special"), ("10", "criminal")) if _holds(known, table, flag)]
    return " and ".join(articles) or "-"


def _holds(known: dict[str, Any], table: dict[str, Any], flag: str) -> bool:
    return any(known["categories"][category].get(flag, False) for category in table["columns"])


def _naming(known: dict[str, Any], flag: str) -> str:
    return ", ".join(f"`{name}`" for name in sorted(known["tables"]) if _holds(known, known["tables"][name], flag))


def _categories(categories: dict[str, Any]) -> Iterator[str]:
    for name, one in categories.items():
        personal = "yes" if one.get("personal", True) else "no"
        special, criminal = ("may" if one.get(flag) else "no" for flag in ("special", "criminal"))
        yield f"| {name} | {one['means']} | {personal} | {special} | {criminal} | {one.get('note', '')} |"


def _recipients() -> Iterator[str]:
    """Whom the edition in force last names as agencies."""
    for agency in released()[-1].agencies:
        yield f"| {agency.name} | {agency.kind} | {agency.channel} | {agency.consent} | {NOT_SET} |"


def write() -> None:
    PAPERS.mkdir(parents=True, exist_ok=True)
    for name, text in papers().items():
        (PAPERS / name).write_text(text)


if __name__ == "__main__":
    write()
