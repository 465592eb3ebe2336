"""Secrets in links and cookies: made here, and stored only as a hash. Touches nothing."""

import hashlib
import secrets


def new_token() -> str:
    """128 random bits as 22 characters that fit in a URL."""
    return secrets.token_urlsafe(16)


def token_hash(token: str) -> str:
    """What the database keeps: a plain SHA-256 is enough, 128 random bits cannot be guessed from it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
