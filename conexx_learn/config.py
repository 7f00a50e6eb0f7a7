"""Settings: read once from the environment, checked at start, then only values."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import SplitResult, parse_qs, urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
KNOWN_PLACEHOLDERS = frozenset({"changeme", "change-me", "secret", "dev", "password"})
SHORTEST_SECRET = 32
LONGEST_NUMBER = 9
MAIL_TLS = ("starttls", "none")


class SettingError(Exception):
    """A setting is wrong: one line that names it and says what is allowed."""


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting of CONTRACT, checked.

    Attributes:
        instance: Folder that everything a run writes goes to.
        courses: Folder of the course folders that the product ships.
        course_home: Folder of those that are published from the browser.
        database_url: SQLAlchemy address.
        public_url: Origin of absolute links, without a path or trailing slash.
        demo: Demonstration data, accounts and doors.
        trusted_proxies: How many proxies' headers to believe.
    """

    instance: Path
    courses: Path
    course_home: Path
    database_url: str
    redis_url: str | None
    secret_key: str = field(repr=False)
    public_url: str
    mail_url: str | None = field(repr=False)
    issuer_keys: Path
    issuer_file: Path
    default_locale: str
    demo: bool
    demo_password: str | None = field(repr=False)
    registration_open: bool
    trusted_proxies: int
    testing: bool = False

    @property
    def public_host(self) -> str:
        """Name the host of the public address, without its port."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def is_https(self) -> bool:
        """Say whether cookies are Secure and HSTS is sent."""
        return self.public_url.startswith("https://")

    @property
    def is_loopback(self) -> bool:
        """Say whether the product serves this machine only."""
        return self.public_host in LOOPBACK

    @property
    def trusted_hosts(self) -> list[str]:
        """List the Host headers that are answered."""
        names = {self.public_host}
        if self.is_loopback:
            names |= {"127.0.0.1", "localhost"}
        return sorted(names)

    @classmethod
    def from_env(cls, root: Path, env: Mapping[str, str] | None = None) -> "Config":
        """Read and check every setting.

        Raises:
            SettingError: One of them is wrong; its message is the line to print.
        """
        values = os.environ if env is None else env
        instance = _instance(values, root)
        _whole(values, "PORT", 8000, least=1, most=65535)
        _whole(values, "WEB_CONCURRENCY", 1, least=1, most=64)
        public_url = _public_url(values)
        demo = _one_of(values, "DEMO", ("0", "1"), "0") == "1"
        if demo and (urlsplit(public_url).hostname or "") not in LOOPBACK:
            raise SettingError("DEMO: 1 is allowed only with a loopback PUBLIC_URL")
        return cls(
            instance=instance,
            courses=root / "courses",
            course_home=_course_home(values, instance),
            database_url=_database_url(values, instance),
            redis_url=_address(values, "REDIS_URL", ("redis", "rediss", "unix")),
            secret_key=_secret_key(values, instance),
            public_url=public_url,
            mail_url=_mail_url(values),
            issuer_keys=Path(values.get("ISSUER_KEYS") or instance / "keys"),
            issuer_file=_issuer_file(values, instance),
            default_locale=_one_of(values, "DEFAULT_LOCALE", ("es", "en"), "es"),
            demo=demo,
            demo_password=values.get("DEMO_PASSWORD") or None,
            registration_open=_one_of(
                values, "REGISTRATION", ("open", "closed"), "open"
            )
            == "open",
            trusted_proxies=_whole(values, "TRUSTED_PROXIES", 0, least=0, most=10),
        )


def _one_of(
    values: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str
) -> str:
    value = values.get(name) or default
    if value not in allowed:
        raise SettingError(f"{name}: use one of {', '.join(allowed)}")
    return value


def _whole(
    values: Mapping[str, str], name: str, default: int, *, least: int, most: int
) -> int:
    text = values.get(name) or str(default)
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    if not (is_number and least <= int(text) <= most):
        raise SettingError(f"{name}: use a whole number from {least} to {most}")
    return int(text)


def _instance(values: Mapping[str, str], root: Path) -> Path:
    """Return the folder of what a run writes, made when it was missing."""
    folder = Path(values.get("INSTANCE_PATH") or root / "instance")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError("INSTANCE_PATH: use a folder that can be made") from error
    return folder


def _course_home(values: Mapping[str, str], instance: Path) -> Path:
    """Return the folder that publishing in the browser writes to."""
    given = values.get("COURSES_FOLDER")
    if given and not Path(given).is_dir():
        raise SettingError("COURSES_FOLDER: use a folder that exists")
    return Path(given).resolve() if given else instance / "courses"


def _issuer_file(values: Mapping[str, str], instance: Path) -> Path:
    """Return the file about who certifies; only the default one may be missing."""
    given = values.get("ISSUER_FILE")
    if given and not Path(given).is_file():
        raise SettingError("ISSUER_FILE: use a file that exists")
    return Path(given or instance / "issuer.toml")


def _parts(name: str, text: str) -> SplitResult:
    """Split an address; its host and port can be read afterwards."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise SettingError(f"{name}: the host or the port cannot be read") from error
    if any(sign.isspace() for sign in text) or port == 0:
        raise SettingError(f"{name}: the host or the port cannot be read")
    return parts


def _mail_url(values: Mapping[str, str]) -> str | None:
    text = _address(values, "MAIL_URL", ("smtp", "smtps"))
    if text is None:
        return None
    parts = urlsplit(text)
    if not parts.hostname:
        raise SettingError("MAIL_URL: name the server, such as smtp://mail.example:587")
    if parse_qs(parts.query).get("tls", ["starttls"])[0] not in MAIL_TLS:
        raise SettingError(f"MAIL_URL: tls is one of {', '.join(MAIL_TLS)}")
    return text


def _address(
    values: Mapping[str, str], name: str, schemes: tuple[str, ...]
) -> str | None:
    text = values.get(name)
    if not text:
        return None
    if _parts(name, text).scheme not in schemes:
        raise SettingError(f"{name}: use an address that begins with {schemes[0]}://")
    return text


def _public_url(values: Mapping[str, str]) -> str:
    host, port = values.get("HOST") or "127.0.0.1", values.get("PORT") or "8000"
    text = values.get("PUBLIC_URL") or f"http://{host}:{port}"
    parts = _parts("PUBLIC_URL", text)
    is_origin = parts.scheme in {"http", "https"} and parts.hostname
    if not is_origin or "@" in parts.netloc:
        raise SettingError(
            "PUBLIC_URL: use an origin such as https://learn.example.org"
        )
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise SettingError("PUBLIC_URL: use an origin without a path")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise SettingError("PUBLIC_URL: use https:// outside this machine")
    return text.rstrip("/")


def _database_url(values: Mapping[str, str], instance: Path) -> str:
    text = values.get("DATABASE_URL")
    if not text:
        return f"sqlite:///{instance / 'conexx-learn.sqlite3'}"
    if not text.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingError("DATABASE_URL: use sqlite:///… or postgresql+psycopg://…")
    path = text.removeprefix("sqlite:///").partition("?")[0]
    if text.startswith("sqlite:") and not Path(path).parent.is_dir():
        raise SettingError("DATABASE_URL: the folder of the file does not exist")
    _parts("DATABASE_URL", text)
    return text


def _secret_key(values: Mapping[str, str], instance: Path) -> str:
    """Return the configured key, or the one made once and kept with mode 0600."""
    given = values.get("SECRET_KEY")
    if given is not None:
        if len(given) < SHORTEST_SECRET or given.lower() in KNOWN_PLACEHOLDERS:
            raise SettingError(
                f"SECRET_KEY: use at least {SHORTEST_SECRET} random characters"
            )
        return given
    path = instance / "secret_key"
    if not path.exists():
        _make_secret_key(path)
    return path.read_text(encoding="ascii").strip()


def _make_secret_key(path: Path) -> None:
    """Write a new key whole; of two programs that start at once the first one's."""
    # A file of this kind is its owner's alone from the first moment.
    with NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as made:
        made.write(secrets.token_hex(32))
        made.flush()
        with suppress(FileExistsError):
            path.hardlink_to(made.name)
