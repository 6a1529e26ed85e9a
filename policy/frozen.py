"""The base of every value that policy, workflows and the wire share."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value. Unknown fields are ignored when decoding, so that types can grow."""

    model_config = ConfigDict(frozen=True, extra="ignore")
