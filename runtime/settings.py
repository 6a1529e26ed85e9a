"""Settings come from the environment (`CASEWORK_…`), and locally from the file that `casework run` keeps."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

HOME: Final = Path(".casework")
LOCAL_ENV: Final = HOME / "local.env"


class Settings(BaseSettings):
    """Secrets have no default: outside local mode a missing or empty one stops the process with its name."""

    model_config = SettingsConfigDict(
        env_prefix="CASEWORK_", env_file=LOCAL_ENV, env_ignore_empty=True, extra="ignore"
    )

    database_url: SecretStr = Field(description="postgresql+asyncpg://… for the role casework_app")
    migration_database_url: SecretStr | None = Field(default=None, description="The owning role; `migrate` only")
    database_connections: int = 20

    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    task_queue: str = "cases"
    max_cached_cases: int = 5000
    graceful_shutdown_seconds: int = 20

    token_secret: SecretStr = Field(description="Signs access tokens; 32 characters or more", min_length=32)

    api_host: str = "127.0.0.1"
    api_port: int = 8000
    worker_health_host: str = "127.0.0.1"
    worker_health_port: int = 0
    relay_rest_seconds: float = 10.0

    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    smtp_sender: str = "noreply@landlord.invalid"
    smtp_username: str | None = None
    smtp_password: SecretStr | None = None
    smtp_encryption: Literal["none", "starttls", "tls"] = "none"

    landlord_name: str = "Weald & Downs Homes"
    landlord_address: tuple[str, ...] = ("1 Invented Street", "Sevenoaks", "TN13 0XX")
    landlord_phone: str = "01632 960 000"
    landlord_email: str = "asb@landlord.invalid"
    landlord_website: str = "landlord.invalid"
    landlord_team: str = "the neighbourhood team"
    council_name: str = "your district council"
    council_case_review: str = "the community safety team there"
    closure_days: dict[date, str] = Field(
        default_factory=dict, description="The landlord's own, beside bank holidays"
    )

    log_format: Literal["console", "json"] = "console"
    log_level: Literal["debug", "info", "warning", "error"] = "info"


@lru_cache
def settings() -> Settings:
    """Raises pydantic.ValidationError that names what is missing."""
    return Settings()
