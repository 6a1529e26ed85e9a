"""Whoever can measure how long a comparison takes learns nothing of a secret."""

import ast
from pathlib import Path

from sources import modules, our_packages, parsed

SECRET_WORDS = {"token", "secret", "signature", "password", "verifier", "nonce", "hmac", "cookie", "credential"}
"""A `digest` here is the fingerprint of a body that its sender has, and no secret."""

NO_SECRETS_OF = {"hashed", "claimed"}
"""What these make of a secret tells nothing of it: its SHA-256, to find a row by, and who says they signed."""


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def names_a_secret(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        if NO_SECRETS_OF & set(called(node).split("_")):
            return False
        return names_a_secret(node.func) or any(names_a_secret(each) for each in node.args)
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return bool(SECRET_WORDS & set(name.lower().strip("_").split("_")))


def compared(source: ast.Module) -> list[int]:
    """Lines in which a secret is compared by ==, which ends at the first difference."""
    return [
        node.lineno
        for node in ast.walk(source)
        if isinstance(node, ast.Compare)
        and any(isinstance(how, ast.Eq | ast.NotEq | ast.In | ast.NotIn) for how in node.ops)
        and any(names_a_secret(each) for each in (node.left, *node.comparators))
        and not any(isinstance(each, ast.Constant) and each.value is None for each in node.comparators)
    ]


def test_no_secret_is_compared_by_equality(repository: Path) -> None:
    found = {
        f"{path.relative_to(repository)}:{line}"
        for package in our_packages(repository)
        for path in modules(repository / package)
        for line in compared(parsed(path))
    }
    assert found == set()


def test_one_that_were_would_be_seen() -> None:
    for line in ("given == wanted.token_secret", "sent_token != t", "hmac(a) == b", "x in tokens_by(token)"):
        assert compared(ast.parse(line)), line
    for line in ("digest == known.digest", "token is None", "compare_digest(token, other)", "hits == 3"):
        assert not compared(ast.parse(line)), line
