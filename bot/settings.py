"""Every setting, read once from the environment and `.env`; nothing else reads the environment."""

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NestedSecretsSettingsSource, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError

from briefs.commands.rights import principals
from briefs.desk.lookup import SamplePolicy
from briefs.desk.retention import REMEMBERED_MIN
from briefs.digest import Place
from briefs.errors import BadInput, BrokenSettings, shown
from briefs.zones import parse_zone

PREFIX: Final = "STANDFIRST_"
ENV_FILE: Final = ".env"  # in the folder one starts in
SECRETS: Final = "/run/secrets"  # where containers have them
GROUPS: Final = ("discord", "slack", "example", "observe")  # settings with parts of their own, named with two underscores between

_CHANNEL: Final = re.compile(r"(?P<space>(?:discord:\d{1,20})|(?:slack:[A-Z0-9]{2,20}))/(?P<channel>[A-Z0-9]{2,20})")
_CALLED: Final = {"discord": "Discord", "slack": "Slack", "example": "example adapter", "observe": "monitoring"}

# Read as one text, not as JSON, which is what pydantic-settings expects of a set.
Principals = Annotated[frozenset[str], NoDecode]
Days = Annotated[int, Field(ge=0, le=36_500)]


def data_folder() -> Path:
    """Where the database and the console's history live: `$XDG_DATA_HOME/standfirst`."""
    base = os.environ.get("XDG_DATA_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "share") / "standfirst"


class ExampleSettings(BaseModel):
    """The example adapter: a chat over a loopback socket."""

    token: SecretStr = Field(default=SecretStr(""), description="what a client says first; empty: the adapter is off")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(default=7007, description="the port on 127.0.0.1")


class DiscordSettings(BaseModel):
    """Discord: the gateway."""

    token: SecretStr = Field(default=SecretStr(""), description="the bot's token; empty: the adapter is off")
    api_url: str = Field(default="", description="another address of Discord's API, for a proxy or a test server")

    @field_validator("api_url")
    @classmethod
    def _api_url(cls, typed: str) -> str:
        """An address, or nothing."""
        if typed and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", typed):
            raise PydanticCustomError("address", "write an address that begins with https://, or leave it empty")
        return typed

    @field_validator("token", mode="before")
    @classmethod
    def _token(cls, typed: object) -> object:
        """The token alone: Discord's own examples put a word before it."""
        if isinstance(typed, str) and typed.strip().lower().startswith("bot "):
            raise PydanticCustomError("token", "write the token alone, without the word Bot before it")
        return typed


class SlackSettings(BaseModel):
    """Slack: Socket Mode, or signed HTTP."""

    bot_token: SecretStr = Field(default=SecretStr(""), description="the bot token, xoxb-…; empty: the adapter is off")
    app_token: SecretStr = Field(default=SecretStr(""), description="the app-level token, xapp-…, for Socket Mode")
    signing_secret: SecretStr = Field(default=SecretStr(""), description="the signing secret, for HTTP mode")
    base_url: str = Field(default="", description="another address of Slack's API, for other Slack domains and test servers")
    host: str = Field(default="127.0.0.1", description="the address HTTP mode listens on")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(default=3000, description="the port HTTP mode listens on")
    digests: Literal["admins", "members"] = Field(
        default="admins", description="who may change a channel's digests: workspace admins, or any member of the channel"
    )


class ObserveSettings(BaseModel):
    """What `run` tells whoever watches over it."""

    port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=0, description="the port of /healthz, /readyz and /metrics while run is running, and where health asks; 0: none"
    )
    host: str = Field(default="127.0.0.1", description="the address of that port; whoever reaches it may read the figures")


class SecretFiles(NestedSecretsSettingsSource):
    """Settings from a folder with a file for each: `standfirst_discord__token`. Files of other names are not read."""

    @staticmethod
    def _iter_secret_files(path: Path) -> Iterator[Path]:
        ours = NestedSecretsSettingsSource._iter_secret_files(path)
        return (file for file in ours if file.name.lower().startswith(PREFIX.lower()))

    @classmethod
    def load_secrets(cls, path: Path) -> dict[str, str]:
        """What stands in each file, without blanks around it.

        Raises:
            BadInput: one cannot be read.
        """
        found: dict[str, str] = {}
        for file in cls._iter_secret_files(path):
            try:
                found[file.name] = file.read_text(encoding="utf-8").strip()
            except (UnicodeDecodeError, OSError):
                raise BadInput(f"The file {file} cannot be read: it has to be a text file in UTF-8 that the bot's user may read.") from None
        return found


class Settings(BaseSettings):
    """All settings with their defaults."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", env_file=ENV_FILE, env_file_encoding="utf-8", extra="ignore"
    )

    secrets: Path = Field(
        default=Path(SECRETS), description="a folder of files named like settings (standfirst_discord__token), each with its value"
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
    log_format: Literal["auto", "text", "json"] = Field(
        default="auto", description="how run logs: text, json (an object a line), or auto: text on a terminal, json elsewhere"
    )
    curators: Principals = Field(
        default=frozenset(), description="who decides on drafts: discord:ID of a person or role, slack:TEAM/USER, with commas between"
    )
    managers: Principals = Field(default=frozenset(), description="who may change digests besides those the platform says, like curators")
    operators: Principals = Field(default=frozenset(), description="who runs this installation, written like curators")
    reviews: Annotated[Place | None, NoDecode] = Field(
        default=None, description="the channel that is told of drafts: discord:SERVER/CHANNEL, slack:TEAM/CHANNEL, or console"
    )
    eyes: Annotated[int, Field(ge=1, le=2)] = Field(default=1, description="how many curators it takes to approve a draft (1 or 2)")
    quote_words: Annotated[int, Field(ge=0, le=1_000)] = Field(
        default=25, description="words of an article in a row that readers are shown without an open licence; 0: any number"
    )
    quote_share: Annotated[int, Field(ge=0, le=100)] = Field(
        default=50, description="per cent of such an article that one brief may repeat word for word; 0: any"
    )
    keep_rejected_days: Days = Field(
        default=90, description="days after which a rejected draft is deleted, and its article where nothing rests on it; 0: never"
    )
    keep_reports_days: Days = Field(default=365, description="days after its answer when a reader's report is deleted; 0: never")
    keep_ledger_days: Days = Field(default=400, description="days after which records of posts are deleted (60 or more); 0: never")
    settle: Annotated[int, Field(ge=1, le=3_600)] = Field(
        default=60, description="seconds after which a post whose answer was lost is looked for; longer than a platform is ever late"
    )
    share: bool = Field(default=True, description="whether private answers can be shared with their channel")
    share_cooldown: Annotated[int, Field(ge=0, le=86_400)] = Field(
        default=30, description="seconds between two answers one person shares in a channel"
    )
    asks_a_minute: Annotated[int, Field(ge=0, le=600)] = Field(
        default=30, description="commands and presses a person may make a minute; 0: any number"
    )
    discord: DiscordSettings = Field(default=DiscordSettings(), description="")
    slack: SlackSettings = Field(default=SlackSettings(), description="")
    example: ExampleSettings = Field(default=ExampleSettings(), description="")
    observe: ObserveSettings = Field(default=ObserveSettings(), description="")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 the library's own form
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """In this order: what the code says, the environment, `.env`, files of the folder that one of these names."""
        named = (dotenv_settings() | env_settings() | init_settings()).get("secrets")
        if named and str(named) != SECRETS and not Path(named).expanduser().is_dir():
            raise BadInput(f"{PREFIX}SECRETS: there is no folder {shown(str(named))}.")
        folder = SecretFiles(file_secret_settings, named or SECRETS, secrets_dir_missing="ok")
        return init_settings, env_settings, dotenv_settings, folder

    def secret_values(self) -> frozenset[str]:
        """Every secret that is set: what no log may show."""
        groups = [getattr(self, name) for name in GROUPS]
        values = [value for group in groups for _, value in group if isinstance(value, SecretStr)]
        return frozenset(value.get_secret_value() for value in values) - {""}

    @field_validator("curators", "managers", "operators", mode="before")
    @classmethod
    def _principals(cls, typed: object) -> object:
        """Names with commas or blanks between."""
        if not isinstance(typed, str):
            return typed
        try:
            return principals(typed)
        except BadInput as error:
            raise PydanticCustomError("principals", "{sentence}", {"sentence": str(error)}) from None

    @field_validator("keep_ledger_days")
    @classmethod
    def _keep_ledger_days(cls, days: int) -> int:
        """Long enough that nothing comes twice, and that corrections find their posts."""
        if 0 < days < REMEMBERED_MIN.days:
            raise PydanticCustomError("ledger", "write {least} or more, or 0 to keep them for ever", {"least": REMEMBERED_MIN.days})
        return days

    @field_validator("reviews", mode="before")
    @classmethod
    def _reviews(cls, typed: object) -> object:
        """A channel as it is named everywhere; empty is none."""
        if not isinstance(typed, str):
            return typed
        if not typed.strip():
            return None
        if typed.strip() == "console":
            return Place("console", "main")
        named = _CHANNEL.fullmatch(typed.strip())
        if named is None:
            raise PydanticCustomError("reviews", "write discord:SERVER/CHANNEL, slack:TEAM/CHANNEL, or console")
        return Place(named["space"], named["channel"])

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

    @field_validator("secrets", mode="before")
    @classmethod
    def _secrets(cls, typed: object) -> object:
        """Empty is the default; "~" is the user's home."""
        return Path(str(typed) if typed else SECRETS).expanduser()

    @field_validator("library", mode="before")
    @classmethod
    def _library(cls, typed: object) -> object:
        """Empty is none; "~" is the user's home."""
        return Path(str(typed)).expanduser() if typed else None

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _lower(cls, typed: object) -> object:
        """Upper case is fine."""
        return typed.lower() if isinstance(typed, str) else typed


def load() -> Settings:
    """The settings as the environment and `.env` give them.

    Raises:
        BadInput: one does not hold; the sentence names it, never its value where that is a secret.
    """
    logging.getLogger("dotenv").setLevel(logging.ERROR)  # of a line it cannot read, the command line tells in words of ours
    try:
        return Settings()
    except ValidationError as error:
        raise BrokenSettings(tuple(_sentence(e["loc"], e["msg"], e["input"]) for e in error.errors(include_url=False))) from None
    except SettingsError:
        groups = [f"{PREFIX}{name.upper()}" for name in GROUPS if f"{PREFIX}{name.upper()}" in os.environ]
        raise BadInput(f"{' and '.join(groups) or 'A setting'} stands for a group: set its parts, see .env.example.") from None
    except (UnicodeDecodeError, OSError):
        raise BadInput("The file .env in this folder cannot be read: it has to be a text file in UTF-8 that you may read.") from None


def in_environment() -> dict[str, str]:
    """What the environment says under our prefix, known to us or not, by name in capitals."""
    return {name.upper(): value for name, value in os.environ.items() if name.upper().startswith(PREFIX)}


def rows() -> tuple[tuple[str, str, str], ...]:
    """Name, default and meaning of every setting, in order: what the README's table and `.env.example` are made from."""
    found: list[tuple[str, str, str]] = []
    for name, field in Settings.model_fields.items():
        if name in GROUPS:
            group: type[BaseModel] = type(field.default)
            for inner, nested in group.model_fields.items():
                default = "" if isinstance(nested.default, SecretStr) else str(nested.default)
                found.append((f"{PREFIX}{name.upper()}__{inner.upper()}", default, f"{_CALLED[name]}: {nested.description}"))
        elif name == "database":
            found.append((f"{PREFIX}DATABASE", "~/.local/share/standfirst/standfirst.db", field.description or ""))
        else:
            default = "" if field.default is None or field.default == frozenset() else str(field.default)
            found.append((f"{PREFIX}{name.upper()}", default, field.description or ""))
    return tuple(found)


def _sentence(where: tuple[int | str, ...], said: str, given: object) -> str:
    name = PREFIX + "__".join(str(part) for part in where).upper()
    quoted = f"“{shown(given)}”" if isinstance(given, str) and "TOKEN" not in name and "SECRET" not in name else ""
    value = f" (it is {quoted})" if quoted and quoted not in said else ""
    return f"{name}: {said.removesuffix('.')}{value}."
