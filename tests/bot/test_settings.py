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
