"""The settings: what wins, and how a bad value is refused."""

from dataclasses import fields
from pathlib import Path

import pytest

from icosa.settings import VARIABLES, Settings, SettingsInvalid


def test_every_field_has_one_variable() -> None:
    assert list(VARIABLES) == [each.name for each in fields(Settings)]
    assert len({each.name for each in VARIABLES.values()}) == len(VARIABLES)


def test_an_empty_environment_gives_the_defaults() -> None:
    settings = Settings.read({"ICOSA_PORT": "", "HOME": "/home/somebody"})

    assert settings.port == 3000
    assert settings.database_url is None
    assert settings.rate_limit is None
    assert settings.url == "http://127.0.0.1:3000"
    assert settings.connections_per_worker == 11


def test_an_option_wins_over_the_environment() -> None:
    settings = Settings.read({"ICOSA_PORT": "4000", "ICOSA_HOST": "::1"}, port=5000, host=None)

    assert settings.port == 5000
    assert settings.url == "http://[::1]:5000"


def test_values_are_understood_as_their_types() -> None:
    settings = Settings.read(
        {
            "DATABASE_URL": "postgresql://somebody@host/database",
            "ICOSA_DATA_DIR": "/srv/icosa",
            "ICOSA_SERVER_URL": "https://crm.example.com/",
            "ICOSA_RATE_LIMIT": "100",
            "ICOSA_LOG_FORMAT": "json",
            "ICOSA_WEBHOOK_ALLOW": "10.1.2.3/8, ::1",
            "ICOSA_DB_PREPARED": "off",
            "ICOSA_BODY_BYTES_MAX": "20_000_000",
        }
    )

    assert settings.data_dir == Path("/srv/icosa")
    assert settings.url == "https://crm.example.com"
    assert settings.rate_limit == 100
    assert settings.log_format == "json"
    assert [str(each) for each in settings.webhook_allow] == ["10.0.0.0/8", "::1/128"]
    assert settings.prepared is False
    assert settings.body_bytes_max == 20_000_000


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("ICOSA_PORT", "http", r"ICOSA_PORT must be a whole number from 0 to 65,535\."),
        ("ICOSA_PORT", "65536", "ICOSA_PORT must be"),
        ("ICOSA_WORKERS", "0", "ICOSA_WORKERS must be a whole number from 1 to 256"),
        ("ICOSA_BATCH_MAX", "59", "from 60"),
        ("ICOSA_LOG_FORMAT", "xml", "console or json"),
        ("ICOSA_DB_PREPARED", "maybe", "on or off"),
        ("ICOSA_SERVER_URL", "crm.example.com", "https://crm"),
        ("ICOSA_RATE_LIMIT", "0", "or off"),
        ("ICOSA_WEBHOOK_ALLOW", "example.com", "10.0.0.0/8"),
        ("DATABASE_URL", "mysql://u:geheim@host/d", "postgresql://user"),
        ("ICOSA_SECRET", "geheim", "32 characters"),
    ],
)
def test_a_bad_value_is_refused_with_what_is_allowed(name: str, value: str, message: str) -> None:
    with pytest.raises(SettingsInvalid, match=message) as refused:
        Settings.read({name: value})

    assert "geheim" not in str(refused.value)


def test_a_bad_option_is_named_as_an_option() -> None:
    with pytest.raises(SettingsInvalid, match="--port must be"):
        Settings.read({}, port="http")


def test_outside_a_source_tree_data_go_where_the_users_programs_keep_theirs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("icosa.settings.PROJECT", tmp_path)

    assert Settings.read({"XDG_DATA_HOME": "/data"}).data_dir == Path("/data/icosa")
    assert Settings.read({}).data_dir == Path.home() / ".local" / "share" / "icosa"
