"""Keys for servers that live for one test, by id."""

import base64
import hashlib
import json
from typing import Final


def keys(*ids: str) -> str:
    """As `CASEWORK_ENCRYPTION_KEYS` has them; the same for the same id."""
    made = {id_: base64.b64encode(hashlib.sha256(id_.encode()).digest()).decode() for id_ in ids}
    return json.dumps(made)


TEST_KEYS: Final = keys("test-1")
