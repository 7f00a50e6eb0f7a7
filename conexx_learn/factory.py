"""create_app(config): the only module that knows every floor."""

import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_compress import Compress
from flask_migrate import Migrate
from flask_security import RoleMixin, SQLAlchemyUserDatastore
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from conexx_learn.adapters.logos import LogoError, read_logo
from conexx_learn.adapters.message_catalogues import compile_catalogues
from conexx_learn.adapters.static_files import collect_static_files
from conexx_learn.cli import commands
from conexx_learn.config import Config, SettingError
from conexx_learn.domain.issuers import (
    DEMO_ISSUER,
    Issuer,
    IssuerFileError,
    read_issuer,
)
from conexx_learn.models.accounts import User
from conexx_learn.models.registry import configure_sqlite, db
from conexx_learn.web import (
    addresses,
    blueprints,
    certificate_mails,
    clean_requests,
    correction_mails,
    errors,
    filters,
    headers,
    hosts,
    issuer_logo,
    kept_fragments,
    key_loss_mails,
    language,
    limits,
    mails,
    published_documents,
    section_question_mails,
    self_checks,
    sign_in,
    signing,
    static,
    teaching_letters,
    uploads,
    weekly_letters,
)
from conexx_learn.web.template_languages import LanguageEnvironment

ROOT = Path(__file__).parent.parent
MEBIBYTE = 1024 * 1024


class LearnFlask(Flask):
    """Flask with templates compiled for one language each, and without async views.

    It would ask some twenty times a request whether a function is one.
    """

    jinja_environment = LanguageEnvironment  # type: ignore[assignment] # Flask's own documented way

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is."""
        return func


def create_app_from_environment() -> Flask:
    """Make the application of the environment's settings, or stop with one line."""
    try:
        return create_app(Config.from_env(ROOT))
    except SettingError as error:
        sys.exit(str(error))


def create_app(config: Config) -> Flask:
    """Make an application; nothing global is touched."""
    app = LearnFlask(
        "conexx_learn",
        static_folder=None,
        template_folder="web/templates",
        instance_path=str(config.instance),
    )
    app.config.from_mapping(_flask_settings(config))
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign] # Flask's own documented way
    compile_catalogues(config.instance / "translations")
    assets = collect_static_files(config.instance / "static")
    _bind_database(app)
    Compress(app)
    headers.init_app(app)
    uploads.init_app(app)
    clean_requests.init_app(app)
    language.init_app(app)
    filters.init_app(app)
    addresses.init_app(app)
    signing.init_app(app)
    kept_fragments.init_app(app)
    issuer_logo.init_app(app)
    self_checks.init_app(app)
    static.init_app(app, assets)
    hosts.init_app(app)
    published_documents.init_app(app)
    CSRFProtect(app)
    limits.init_app(app)
    mails.init_app(app)
    weekly_letters.init_app(app)
    teaching_letters.init_app(app)
    correction_mails.init_app(app)
    section_question_mails.init_app(app)
    certificate_mails.init_app(app)
    key_loss_mails.init_app(app)
    # Roles are memberships: the library's own table of roles is never asked.
    sign_in.init_app(app, SQLAlchemyUserDatastore(db, User, RoleMixin))
    blueprints.init_app(app)
    errors.init_app(app)
    commands.init_app(app)
    return app


def _issuer(config: Config) -> Issuer | None:
    """Read who certifies; a demonstration has its fictional issuer."""
    if config.demo:
        return DEMO_ISSUER
    if not config.issuer_file.is_file():
        return None
    try:
        issuer = read_issuer(config.issuer_file.read_text(encoding="utf-8"))
        if issuer.logo:
            read_logo(config.issuer_file.parent / issuer.logo)
    except (IssuerFileError, UnicodeDecodeError) as error:
        raise SettingError(f"ISSUER_FILE: {error}") from error
    except LogoError as error:
        raise SettingError(f"ISSUER_FILE: logo: {error}") from error
    return issuer


def _bind_database(app: Flask) -> None:
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    with app.app_context():
        configure_sqlite(db.engine)


def _flask_settings(config: Config) -> dict[str, object]:
    postgresql = config.database_url.startswith("postgresql")
    return {
        "SECRET_KEY": config.secret_key,
        "TESTING": config.testing,
        "TRUSTED_HOSTS": config.trusted_hosts,
        "MAX_CONTENT_LENGTH": 2 * MEBIBYTE,
        "MAX_FORM_MEMORY_SIZE": 2 * MEBIBYTE,
        "MAX_FORM_PARTS": 1000,
        "SESSION_COOKIE_NAME": "__Host-session" if config.is_https else "session",
        "SESSION_COOKIE_SECURE": config.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "HSTS": config.is_https,
        "COMPRESS_MIMETYPES": ["text/html", "application/json", "image/svg+xml"],
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 4,
        "PUBLIC_URL": config.public_url,
        "IS_LOOPBACK": config.is_loopback,
        "DEMO": config.demo,
        "DEMO_PASSWORD": config.demo_password,
        "REGISTRATION_OPEN": config.registration_open,
        "MAIL_URL": config.mail_url,
        "REDIS_URL": config.redis_url,
        "COURSES": config.courses,
        "COURSE_HOME": config.course_home,
        "ISSUER": _issuer(config),
        "ISSUER_FOLDER": config.issuer_file.parent,
        "ISSUER_KEYS": config.issuer_keys,
        "PAPERS": config.instance / "papers",
        "MIGRATIONS": str(ROOT / "migrations"),
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": config.default_locale,
        "BABEL_TRANSLATION_DIRECTORIES": str(config.instance / "translations"),
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _postgresql_options() if postgresql else {},
    }


def _postgresql_options() -> dict[str, object]:
    return {
        "pool_size": 5,
        "max_overflow": 5,
        "pool_pre_ping": True,
        "pool_recycle": 1800,
        "connect_args": {
            "options": "-c statement_timeout=15000 -c lock_timeout=5000 -c jit=off",
            "connect_timeout": 5,
        },
    }
