"""What an operator may set, read from the environment. Below the loop: every folder of the server may be handed these.

It must not start or open anything. Names are NINETEENTH_ and the field's name in capitals, but for REDIS_URL,
DATABASE_URL and PORT, which are what hosting services set.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Words = Annotated[tuple[str, ...], NoDecode]

_BUILT_CLIENT = Path(__file__).resolve().parents[1] / "client-web" / "dist"


class Settings(BaseSettings):
    """The settings of one process. `Settings()` reads the environment; names given by hand win over it."""

    model_config = SettingsConfigDict(env_prefix="NINETEENTH_", frozen=True, validate_by_name=True, extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8019, ge=1, le=65535, validation_alias=AliasChoices("PORT", "NINETEENTH_PORT"))
    data_folder: Path = Path("data")
    """Where the embedded store and SQLite keep their files."""
    redis_url: str | None = Field(default=None, validation_alias="REDIS_URL")
    """The store's address. None: `nineteenth serve` starts an embedded one in the data folder."""
    store_replicas: int | None = Field(default=None, ge=0, le=8)
    """Replicas that must have a commit before it is answered. None: one with sentinels or a cluster, else none."""
    store_memory: int = Field(default=512, ge=16)
    """MiB that the embedded store may use."""
    most_rooms: int = Field(default=5_000, ge=1)
    """Rooms in all, on all workers, beyond which no new one is opened."""
    most_commits: int = Field(default=20_000, ge=100)
    """Commits of one room, beyond which the clock alone goes on there."""
    most_commands: int = Field(default=300, ge=10)
    """Commands of one seat that have an effect in one phase, beyond which they are refused."""
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    """The archive's database. None: SQLite in the data folder."""
    client_folder: Path = _BUILT_CLIENT
    """The built pages."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    clock: Literal["store", "hand"] = "store"
    """`hand` lets whoever reaches the store move the clock of the rooms. For tests alone."""
    stop_patience: int = Field(default=5, ge=0, le=120)
    """Seconds that open requests get to finish once a worker is asked to stop."""
    deal_seed: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    """The seed of every deal, 64 hexadecimal digits, with the clock moved by hand. For tests: it gives all away."""
    allowed_origins: Words = ()
    """Origins, such as https://example.org, that pages may open sockets from, besides the server's own host."""
    leniency: int = Field(default=1, ge=1, le=100_000)
    """How many times the usual an address, a player or a connection may ask: for a school behind one address, or a
    rehearsal with a crowd of programs."""
    trusted_proxies: Words = ()
    """Addresses or networks whose X-Forwarded-For is believed. None: the header is ignored."""

    @field_validator("allowed_origins", "trusted_proxies", mode="before")
    @classmethod
    def _split_at_commas(cls, value: object) -> object:
        return tuple(filter(None, (word.strip() for word in value.split(",")))) if isinstance(value, str) else value

    @field_validator("allowed_origins")
    @classmethod
    def _are_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            scheme, _, rest = origin.partition("://")
            if scheme not in ("http", "https") or not rest or "/" in rest:
                raise ValueError(f"{origin!r} is not an origin: write https://example.org, without a path")
        return origins


def complaints(error: ValidationError) -> list[str]:
    """One line for each setting that the environment has wrong, naming it and what is expected. No values are shown."""
    return [f"{'.'.join(map(str, line['loc']))}: {line['msg']}" for line in error.errors(include_input=False)]
