"""Wrong settings, programs that start at once, and letters with forged headers."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from conexx_learn.adapters.message_catalogues import compile_catalogues
from conexx_learn.config import Config, SettingError

ROOT = Path(__file__).parent.parent.parent

WRONG = [
    ("DATABASE_URL", "mysql://x"),
    ("DATABASE_URL", "postgresql+psycopg://root@127.0.0.1:abc/x"),
    ("DATABASE_URL", "sqlite:////no-such-folder/x.sqlite3"),
    ("REDIS_URL", "http://x"),
    ("REDIS_URL", "redis://h:abc"),
    ("SECRET_KEY", ""),
    ("SECRET_KEY", "changeme"),
    ("PUBLIC_URL", "http://["),
    ("PUBLIC_URL", "https://x:abc"),
    ("PUBLIC_URL", "https://x/path"),
    ("PUBLIC_URL", "https://me:word@x.example"),
    ("PUBLIC_URL", "https://x y"),
    ("PUBLIC_URL", "http://learn.example.org"),
    ("MAIL_URL", "smtp://"),
    ("MAIL_URL", "smtp://h:abc"),
    ("MAIL_URL", "smtp://h?tls=maybe"),
    ("DEFAULT_LOCALE", "fr"),
    ("DEMO", "yes"),
    ("REGISTRATION", "maybe"),
    ("TRUSTED_PROXIES", "99"),
    ("PORT", "abc"),
    ("PORT", "0"),
    ("PORT", "99999"),
    ("WEB_CONCURRENCY", "0"),
    ("WEB_CONCURRENCY", "many"),
    ("ISSUER_FILE", "/no/such/file"),
    ("INSTANCE_PATH", "/dev/null/x"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_is_named_in_one_line(
    tmp_path: Path, name: str, value: str
) -> None:
    settings = {"INSTANCE_PATH": str(tmp_path), name: value}

    with pytest.raises(SettingError) as refusal:
        Config.from_env(ROOT, settings)

    assert str(refusal.value).startswith(f"{name}: ")
    assert "\n" not in str(refusal.value)


def started(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `flask serve` with nothing but these settings."""
    variables = {"PATH": os.environ["PATH"], "INSTANCE_PATH": str(folder), **settings}
    return subprocess.run(
        [Path(sys.executable).with_name("flask"), "serve"],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WEB_CONCURRENCY", "many"),
        ("DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/nowhere"),
        ("HOST", "192.0.2.1"),
    ],
)
def test_a_start_that_cannot_be_says_so_in_one_line(
    tmp_path: Path, name: str, value: str
) -> None:
    done = started(
        tmp_path, **{"PORT": "8399", "PUBLIC_URL": "https://learn.example", name: value}
    )

    assert done.returncode == 1
    assert name in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_programs_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    def key(_number: int) -> str:
        return Config.from_env(ROOT, {"INSTANCE_PATH": str(tmp_path)}).secret_key

    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(key, range(16)))

    assert keys == {(tmp_path / "secret_key").read_text(encoding="ascii")}
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_catalogues_compiled_at_once_are_whole(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: compile_catalogues(tmp_path), range(4)))

    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [
        "messages.mo"
    ]
