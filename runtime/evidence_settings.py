"""Where evidence is kept, how large it may be, and what looks for malware in it."""

from pathlib import Path
from typing import Final

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from runtime.sign_in_settings import SignInSettings

_ON_ITS_OWN: Final = Path(".casework/evidence")
_MEGABYTE: Final = 1024 * 1024


class EvidenceSettings(SignInSettings):
    """Sizes are what a phone makes and a scanner still looks at whole. Disks and lines are each landlord's own, so
    they are settings; the policy says nothing of them.
    """

    evidence_url: str = Field(
        default="",
        validate_default=True,
        pattern=r"^(|file:///.+|s3://[a-z0-9.-]+(/.*)?)$",
        description="`s3://bucket`, or `file:///folder` that the API and all workers share",
    )
    evidence_s3_endpoint: str | None = Field(default=None, description="Where it is not Amazon's own")
    evidence_s3_region: str = "eu-west-2"
    evidence_s3_access_key: SecretStr | None = Field(default=None, description="Else what the machine has")
    evidence_s3_secret_key: SecretStr | None = None
    evidence_photo_megabytes: int = Field(default=25, ge=1, description="The largest photos of phones: about 20")
    evidence_document_megabytes: int = Field(default=25, ge=1, description="As much as goes by e-mail")
    evidence_audio_megabytes: int = Field(default=100, ge=1, description="About two hours, as phones record it")
    evidence_video_megabytes: int = Field(default=200, ge=1, description="About two minutes, as phones record it")
    scanner_address: str | None = Field(
        default=None,
        pattern=r"^(unix:/.+|.+:[0-9]{1,5})$",
        description="clamd's: `host:port` or `unix:/path`. Without one files are marked as not scanned",
    )
    evidence_rest_seconds: float = Field(default=10.0, description="Between two looks at what is to be scanned")

    @field_validator("evidence_url")
    @classmethod
    def _somewhere(cls, url: str, info: ValidationInfo) -> str:
        if not url and not info.data.get("local"):
            raise ValueError("say where evidence is kept: s3://bucket, or file:///folder")
        return url or _ON_ITS_OWN.absolute().as_uri()

    @property
    def evidence_access(self) -> dict[str, str | None]:
        """How the bucket is reached, as `gateways.evidence_files.opened` takes it."""
        access, secret = self.evidence_s3_access_key, self.evidence_s3_secret_key
        return {
            "endpoint": self.evidence_s3_endpoint,
            "region": self.evidence_s3_region,
            "access_key": access.get_secret_value() if access else None,
            "secret_key": secret.get_secret_value() if secret else None,
        }

    @property
    def evidence_sizes(self) -> dict[str, int]:
        """In bytes, by kind."""
        in_megabytes = {
            "photo": self.evidence_photo_megabytes,
            "document": self.evidence_document_megabytes,
            "audio": self.evidence_audio_megabytes,
            "video": self.evidence_video_megabytes,
        }
        return {kind: size * _MEGABYTE for kind, size in in_megabytes.items()}
