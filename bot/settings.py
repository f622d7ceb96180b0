"""Every setting, read once from the environment and `.env`; nothing else reads the environment."""

import os
from pathlib import Path
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError

from briefs.desk.lookup import SamplePolicy
from briefs.errors import BadInput, shown
from briefs.zones import parse_zone

PREFIX: Final = "STANDFIRST_"
GROUPS: Final = ("example",)  # settings with parts of their own, named with two underscores between


def data_folder() -> Path:
    """Where the database and the console's history live: `$XDG_DATA_HOME/standfirst`."""
    base = os.environ.get("XDG_DATA_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "share") / "standfirst"


class ExampleSettings(BaseModel):
    """The example adapter: a chat over a loopback socket."""

    token: SecretStr = Field(default=SecretStr(""), description="what a client says first; empty: the adapter is off")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(default=7007, description="the port on 127.0.0.1")


class Settings(BaseSettings):
    """All settings with their defaults."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", env_file=".env", env_file_encoding="utf-8", extra="ignore"
    )

    database: str = Field(
        default_factory=lambda: str(data_folder() / "standfirst.db"),
        description="the one file everything is kept in (by default in $XDG_DATA_HOME, where that is set)",
    )
    library: Path | None = Field(default=None, description="a folder with briefs and cards of your own, in the form of the bundled one")
    sample: SamplePolicy = Field(
        default=SamplePolicy.AUTO, description="when the bundled SAMPLE is shown: auto (until a brief of yours), always, never"
    )
    zone: ZoneInfo | None = Field(default=None, description="the console's time zone, an IANA name; empty: this machine's own")
    max_article_bytes: Annotated[int, Field(ge=1_000, le=100_000_000)] = Field(
        default=5_000_000, description="a larger article is refused (1,000 to 100,000,000 bytes)"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="how much is logged: beside the database, by run to standard error"
    )
    example: ExampleSettings = Field(default=ExampleSettings(), description="")

    @field_validator("zone", mode="before")
    @classmethod
    def _zone(cls, typed: object) -> object:
        """Only real IANA names; empty is this machine's own."""
        if not isinstance(typed, str):
            return typed
        if not typed.strip():
            return None
        try:
            return parse_zone(typed)
        except BadInput as error:
            raise PydanticCustomError("zone", "{sentence}", {"sentence": str(error)}) from None

    @field_validator("database", mode="before")
    @classmethod
    def _database(cls, typed: object) -> object:
        """Empty is the default."""
        return str(typed) if typed else str(data_folder() / "standfirst.db")

    @field_validator("library", mode="before")
    @classmethod
    def _library(cls, typed: object) -> object:
        """Empty is none; "~" is the user's home."""
        return Path(str(typed)).expanduser() if typed else None

    @field_validator("log_level", mode="before")
    @classmethod
    def _log_level(cls, typed: object) -> object:
        """Upper case is fine."""
        return typed.lower() if isinstance(typed, str) else typed


def load() -> Settings:
    """The settings as the environment and `.env` give them.

    Raises:
        BadInput: one does not hold; the sentence names it, never its value where that is a secret.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise BadInput(" ".join(_sentence(e["loc"], e["msg"], e["input"]) for e in error.errors(include_url=False))) from None
    except SettingsError:
        groups = [f"{PREFIX}{name.upper()}" for name in GROUPS if f"{PREFIX}{name.upper()}" in os.environ]
        raise BadInput(f"{' and '.join(groups) or 'A setting'} stands for a group: set its parts, see .env.example.") from None
    except (UnicodeDecodeError, OSError):
        raise BadInput("The file .env in this folder cannot be read: it has to be a text file in UTF-8 that you may read.") from None


def rows() -> tuple[tuple[str, str, str], ...]:
    """Name, default and meaning of every setting, in order: what the README's table and `.env.example` are made from."""
    found: list[tuple[str, str, str]] = []
    for name, field in Settings.model_fields.items():
        if name in GROUPS:
            for inner, nested in ExampleSettings.model_fields.items():
                default = "" if inner == "token" else str(nested.default)
                found.append((f"{PREFIX}EXAMPLE__{inner.upper()}", default, f"example adapter: {nested.description}"))
        elif name == "database":
            found.append((f"{PREFIX}DATABASE", "~/.local/share/standfirst/standfirst.db", field.description or ""))
        else:
            default = "" if field.default is None else str(field.default)
            found.append((f"{PREFIX}{name.upper()}", default, field.description or ""))
    return tuple(found)


def _sentence(where: tuple[int | str, ...], said: str, given: object) -> str:
    name = PREFIX + "__".join(str(part) for part in where).upper()
    value = "" if "TOKEN" in name or not isinstance(given, str) else f" (it is “{shown(given)}”)"
    return f"{name}: {said.removesuffix('.')}{value}."
