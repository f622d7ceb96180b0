"""Settings: defaults, refusals in one sentence, no secret shown."""

import pytest

from bot.settings import PREFIX, Settings, load, rows
from briefs.errors import BadInput


def test_nothing_has_to_be_set():
    settings = load()
    assert settings.sample == "auto"
    assert settings.example.token.get_secret_value() == ""


def test_the_data_folder_follows_xdg(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert load().database == str(tmp_path / "standfirst" / "standfirst.db")
    monkeypatch.setenv("STANDFIRST_DATABASE", "")
    assert load().database == str(tmp_path / "standfirst" / "standfirst.db")


def test_a_relative_xdg_folder_counts_for_nothing(monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    assert load().database.startswith("/")


def test_a_dot_env_file_is_read_and_the_environment_wins(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("STANDFIRST_SAMPLE=never\nSTANDFIRST_EXAMPLE__PORT=8008\n")
    monkeypatch.setenv("STANDFIRST_SAMPLE", "always")
    settings = load()
    assert (settings.sample, settings.example.port) == ("always", 8008)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("ZONE", "../../etc/passwd", "No time zone called"),
        ("ZONE", "GMT+5", "Etc/GMT-5"),
        ("ZONE", "Europe/Londen", "Did you mean Europe/London"),
        ("MAX_ARTICLE_BYTES", "1e309", "STANDFIRST_MAX_ARTICLE_BYTES"),
        ("LOG_LEVEL", "debug; rm -rf /", "STANDFIRST_LOG_LEVEL"),
        ("SAMPLE", "sometimes", "STANDFIRST_SAMPLE"),
        ("EXAMPLE__PORT", "99999", "STANDFIRST_EXAMPLE__PORT"),
    ],
)
def test_a_setting_that_does_not_hold_is_refused_by_name(monkeypatch, name, value, says):
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(BadInput) as caught:
        load()
    assert PREFIX + name in str(caught.value)
    assert says in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_group_of_settings_given_as_one_is_refused(monkeypatch):
    monkeypatch.setenv("STANDFIRST_EXAMPLE", "foo")
    with pytest.raises(BadInput, match="STANDFIRST_EXAMPLE stands for a group"):
        load()


def test_a_dot_env_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="UTF-8"):
        load()


def test_an_empty_zone_is_the_machines_own(monkeypatch):
    monkeypatch.setenv("STANDFIRST_ZONE", "")
    assert load().zone is None


def test_a_token_is_never_shown(monkeypatch):
    monkeypatch.setenv("STANDFIRST_EXAMPLE__TOKEN", "hush-hush")
    settings = load()
    assert "hush" not in repr(settings)
    assert "hush" not in str(settings.model_dump())


def test_every_setting_has_a_row_with_a_meaning():
    names = {name for name, _, _ in rows()}
    for name in Settings.model_fields:
        assert any(row.startswith(f"{PREFIX}{name.upper()}") for row in names)
    assert all(meaning for _, _, meaning in rows())


@pytest.fixture
def secrets(monkeypatch, tmp_path):
    """A folder of secrets, named in the environment."""
    folder = tmp_path / "secrets"
    folder.mkdir()
    monkeypatch.setenv("STANDFIRST_SECRETS", str(folder))
    return folder


def test_a_secret_may_stand_in_a_file_that_is_named_like_its_setting(secrets):
    (secrets / "standfirst_discord__token").write_text("hush-hush\n")
    (secrets / "STANDFIRST_SLACK__BOT_TOKEN").write_text("hush-too")
    (secrets / "standfirst_zone").write_text("Asia/Tokyo")
    settings = load()
    assert settings.discord.token.get_secret_value() == "hush-hush"
    assert settings.slack.bot_token.get_secret_value() == "hush-too"
    assert str(settings.zone) == "Asia/Tokyo"
    assert settings.secret_values() == {"hush-hush", "hush-too"}


def test_the_folder_may_be_named_in_dot_env_and_an_empty_file_is_an_empty_setting(monkeypatch, tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "standfirst_discord__token").write_text("\n")
    (tmp_path / "kept" / "standfirst_slack__bot_token").write_text("hush")
    (tmp_path / ".env").write_text(f"STANDFIRST_SECRETS={tmp_path / 'kept'}\nSTANDFIRST_SLACK__PORT=3003\n")
    settings = load()
    assert settings.discord.token.get_secret_value() == ""
    assert (settings.slack.bot_token.get_secret_value(), settings.slack.port) == ("hush", 3003)


def test_the_environment_wins_over_a_file(monkeypatch, secrets):
    (secrets / "standfirst_discord__token").write_text("in the file")
    monkeypatch.setenv("STANDFIRST_DISCORD__TOKEN", "in the environment")
    assert load().discord.token.get_secret_value() == "in the environment"


def test_other_peoples_secrets_are_not_read(secrets):
    (secrets / "certificate").write_bytes(b"\xff\xfe")
    (secrets / "discord__token").write_text("not ours")
    assert load().discord.token.get_secret_value() == ""


@pytest.mark.parametrize("kind", ["no text", "no folder"])
def test_a_secret_that_cannot_be_read_is_one_sentence(monkeypatch, tmp_path, secrets, kind):
    if kind == "no text":
        (secrets / "standfirst_discord__token").write_bytes(b"\xffhush")
    else:
        monkeypatch.setenv("STANDFIRST_SECRETS", str(tmp_path / "nowhere"))
    with pytest.raises(BadInput) as caught:
        load()
    assert ("standfirst_discord__token cannot be read" if kind == "no text" else "STANDFIRST_SECRETS: there is no folder") in str(
        caught.value
    )
    assert "hush" not in str(caught.value)


def test_a_setting_in_a_file_that_does_not_hold_is_refused_by_name(secrets):
    (secrets / "standfirst_discord__token").write_text("Bot hush-hush")
    with pytest.raises(BadInput, match="STANDFIRST_DISCORD__TOKEN: write the token alone") as caught:
        load()
    assert "hush" not in str(caught.value)
