"""Every setting: name, default, meaning, how it is read. Nothing else reads the environment."""

import contextlib
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

DEFAULT_SENDER = "Groeispiegel <noreply@localhost>"
DEFAULT_DATABASE = Path("data/groeispiegel.db")
NO_MAIL_SERVER = "SMTP_HOST is not set. People sign in by mail, so a mail server is needed."
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class BadSetting(SystemExit):
    """A setting that cannot be used ends the program; the message says which and what to do."""


def _setting(default: Any, parse: Callable[[str], Any], sentence: str) -> Any:
    return field(default=default, metadata={"parse": parse, "sentence": sentence})


def _text(value: str) -> str:
    return value.strip()


def _whole(value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise ValueError("must be a whole number of 0 or more")
    return int(value)


def _words(value: str) -> tuple[str, ...]:
    return tuple(value.replace(",", " ").split())


def _one_of(*allowed: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}")
        return value

    return parse


@dataclass(frozen=True)
class Settings:
    """The settings of one installation; `from_environment` reads and checks them."""

    HOST: str = _setting("127.0.0.1", _text, "Address the server listens on.")
    PORT: int = _setting(8000, _whole, "Port the server listens on.")
    BASE_URL: str = _setting(
        "", _text, "Address people use, as in links and QR codes; by default http://HOST:PORT."
    )
    DATABASE: Path = _setting(DEFAULT_DATABASE, Path, "File that holds all answers.")
    SECRET_KEY: str = _setting(
        "", _text, "Secret of at least 32 characters that signs cookies; needed off this machine."
    )
    PROGRAMME: str = _setting("Veenrand", _text, "Name of the programme, as shown on pages and in mails.")
    CONTACT: str = _setting("", _text, "Mail address of the programme, shown on error pages.")
    DRAFT_LANGUAGES: tuple[str, ...] = _setting(
        (),
        _words,
        "Languages of check-ins offered while nobody has reviewed the translation, such as 'ar uk'.",
    )
    HOLIDAYS: str = _setting(
        "", _text, "File with school holidays; empty for the ones that come along, see docs/operation.md."
    )
    SMTP_HOST: str = _setting(
        "", _text, "Mail server; empty prints mails on the console, on this machine only."
    )
    SMTP_PORT: int = _setting(587, _whole, "Port of the mail server.")
    SMTP_SECURITY: str = _setting(
        "starttls",
        _one_of("starttls", "tls", "none"),
        "How the connection to the mail server is secured: starttls, tls or none.",
    )
    SMTP_USER: str = _setting("", _text, "User name at the mail server, if it asks for one.")
    SMTP_PASSWORD: str = _setting("", _text, "Password at the mail server.")
    MAIL_FROM: str = _setting(
        DEFAULT_SENDER, _text, "Sender of every mail, such as Name <name@school.example>."
    )
    SESSION_IDLE_MINUTES: int = _setting(
        120, _whole, "Minutes without a click after which someone is signed out."
    )
    SESSION_HOURS: int = _setting(336, _whole, "Hours after which someone signs in again in any case.")
    CHECKIN_LINK_HOURS: int = _setting(72, _whole, "Hours a check-in link can be answered.")
    TRUSTED_PROXIES: int = _setting(
        0, _whole, "Number of proxies in front whose X-Forwarded headers are believed."
    )

    @property
    def local(self) -> bool:
        """Whether people reach this installation on this machine only."""
        return (urlsplit(self.BASE_URL).hostname or "") in LOOPBACK

    @property
    def https(self) -> bool:
        """Whether people reach this installation over HTTPS."""
        return self.BASE_URL.startswith("https://")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read every setting; raise BadSetting with a sentence for the first that cannot be used."""
        source = os.environ if environment is None else environment
        values = {
            f.name: _read(f.name, f.metadata["parse"], source) for f in fields(cls) if source.get(f.name)
        }
        values.setdefault("BASE_URL", f"http://{values.get('HOST', cls.HOST)}:{values.get('PORT', cls.PORT)}")
        values["BASE_URL"] = values["BASE_URL"].rstrip("/")
        settings = cls(**values)
        return settings._checked()

    def _checked(self) -> "Settings":
        if urlsplit(self.BASE_URL).scheme not in {"http", "https"}:
            raise BadSetting("BASE_URL must start with http:// or https://.")
        if not self.local and not self.https:
            raise BadSetting("BASE_URL must start with https:// when others than this machine use it.")
        if self.SECRET_KEY and len(self.SECRET_KEY) < 32:
            raise BadSetting("SECRET_KEY must have at least 32 characters.")
        if not self.SECRET_KEY and not self.local:
            raise BadSetting(
                "SECRET_KEY is not set. Make one: python3 -c 'import secrets; print(secrets.token_hex(32))'"
            )
        if not self.SMTP_HOST and not self.local:
            raise BadSetting(NO_MAIL_SERVER)
        if self.MAIL_FROM == DEFAULT_SENDER and not self.local:
            raise BadSetting("MAIL_FROM is not set. It is the sender of every mail.")
        if "@" not in parseaddr(self.MAIL_FROM)[1]:
            raise BadSetting("MAIL_FROM must hold a mail address, such as Name <name@school.example>.")
        return self

    def secret(self) -> str:
        """The signing secret; on this machine a random one, made once and kept beside the database."""
        if self.SECRET_KEY:
            return self.SECRET_KEY
        path = self.DATABASE.parent / "secret-key"
        if not path.exists():
            _write_once(path, secrets.token_hex(32))
        return path.read_text(encoding="ascii")


def _write_once(path: Path, text: str) -> None:
    """Make the file appear whole: of several starting processes the first one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _read(name: str, parse: Callable[[str], Any], source: Mapping[str, str]) -> Any:
    try:
        return parse(source[name])
    except ValueError as error:
        raise BadSetting(f"{name}={source[name]!r} cannot be used: {error}.") from error


def explained(settings: Settings) -> list[tuple[str, str, str]]:
    """(name, value, sentence) of every setting; secrets are not shown."""
    hidden = {"SECRET_KEY", "SMTP_PASSWORD"}
    shown = []
    for f in fields(settings):
        value = getattr(settings, f.name)
        text = " ".join(value) if isinstance(value, tuple) else str(value)
        shown.append((f.name, "(set)" if f.name in hidden and text else text, f.metadata["sentence"]))
    return shown
