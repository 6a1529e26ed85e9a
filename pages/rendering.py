"""A page as HTML: our templates on govuk-frontend's form parts, and what its answer tells the browser."""

import hashlib
import re
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Any, Final

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup, escape

from pages.explaining import meaning_of, rule, term_of
from policy.ways import hours_in_words
from policy.working_days import day_in_words, london_day, moment_in_words
from runtime.settings import Settings
from store.drafts import KEPT

_FROM_US: Final = "; ".join(
    (
        "default-src 'none'",
        *(
            f"{kind} 'self'"
            for kind in ("style-src", "font-src", "img-src", "script-src", "connect-src", "form-action")
        ),
        *(f"{kind} 'none'" for kind in ("frame-ancestors", "base-uri")),
    )
)
HEADERS: Final = {"Content-Security-Policy": _FROM_US, "Referrer-Policy": "same-origin"}
"""Beside those of every answer. Told `no-referrer`, a browser does not say either whose page sent a form."""

_PARTS: Final = {
    "govukBackLink": "back-link",
    "govukButton": "button",
    "govukCheckboxes": "checkboxes",
    "govukDateInput": "date-input",
    "govukErrorSummary": "error-summary",
    "govukFileUpload": "file-upload",
    "govukInput": "input",
    "govukRadios": "radios",
    "govukSkipLink": "skip-link",
    "govukSummaryList": "summary-list",
    "govukTextarea": "textarea",
    "govukWarningText": "warning-text",
}

_FILES: Final = {
    "casework.css": ("pages", "static", "text/css"),
    "icon.svg": ("pages", "static", "image/svg+xml"),
    "leave.js": ("pages", "static", "text/javascript"),
    "htmx.js": ("pages", "static", "text/javascript"),
    "htmx-sse.js": ("pages", "static", "text/javascript"),
    "folded.js": ("pages", "static", "text/javascript"),
    "keep.js": ("pages", "static", "text/javascript"),
    "signed_out.js": ("pages", "static", "text/javascript"),
    "AtkinsonHyperlegible-Regular.ttf": ("letters", "fonts", "font/ttf"),
    "AtkinsonHyperlegible-Bold.ttf": ("letters", "fonts", "font/ttf"),
}
"""What is served beside pages, where it lies and what it is."""


@cache
def static(name: str) -> tuple[bytes, str]:
    """The file and its type. Raises KeyError for what is not served."""
    package, folder, kind = _FILES[name]
    return files(package).joinpath(folder, name).read_bytes(), kind


@cache
def version() -> str:
    """Of all that is served beside pages, which names its address: another content is another address."""
    return hashlib.sha256(b"".join(static(name)[0] for name in _FILES)).hexdigest()[:16]


def _parts() -> dict[str, Callable[..., str]]:
    """They lean on what nobody gave them being empty, which in our own templates is a mistake."""
    lenient = Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}), autoescape=True
    )
    where = "govuk_frontend_jinja/components/{}/macro.html"
    return {name: getattr(lenient.get_template(where.format(part)).module, name) for name, part in _PARTS.items()}


_NUMBER: Final = re.compile(r"(?<![\w/.-])(?:999|101|116 123|(?:\+44 ?|0)[0-9]{2}[0-9 ]{6,10}[0-9])(?![\w-])")
"""Of a telephone, as it stands in what we write."""


def rings(number: str) -> Markup:
    """On one line, and pressed on a telephone it rings."""
    digits = "".join(one for one in number if one.isdigit() or one == "+")
    return Markup('<a class="govuk-link number" href="tel:{}">{}</a>').format(digits, number)


def numbers(text: str) -> Markup:
    """The text with each telephone number in it as one that rings."""
    found: Markup = Markup("")
    end = 0
    for number in _NUMBER.finditer(text):
        found += escape(text[end : number.start()]) + rings(number[0])
        end = number.end()
    return found + escape(text[end:])


def _as_typed(text: str) -> Markup:
    """With the line breaks that somebody typed."""
    return Markup('<span class="as-typed">{}</span>').format(text)


def _anchor(heading: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", heading.lower()))


@cache
def _templates() -> Environment:
    ours = Environment(
        loader=PackageLoader("pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    ours.filters["day"] = lambda moment: day_in_words(london_day(moment))
    ours.filters["moment"] = moment_in_words
    ours.filters["anchor"] = _anchor
    ours.filters["code"] = lambda code: str(code).replace("_", " ")
    ours.filters["as_day"] = day_in_words
    ours.filters["as_typed"] = _as_typed
    ours.filters["hours"] = hours_in_words
    ours.filters["meaning"] = meaning_of
    ours.filters["term"] = term_of
    ours.filters["numbers"] = numbers
    ours.filters["rings"] = rings
    ours.globals |= _parts() | {"static": f"/static/{version()}", "rule": rule, "draft_days": KEPT.days}
    return ours


def page(
    wanted: Settings,
    template: str,
    title: str,
    status: HTTPStatus = HTTPStatus.OK,
    **said: Any,  # noqa: ANN401 - what a template shows
) -> HTMLResponse:
    """`title` stands in the tab of a telephone that others may see: neither names nor what it is about."""
    made = (
        _templates()
        .get_template(template)
        .render(title=title, landlord=wanted.landlord_name, phone=rings(wanted.landlord_phone), **said)
    )
    return HTMLResponse(made, status, HEADERS)
