"""Who may talk to the preview's editor: pages of this very preview, in a browser on this very machine."""

from __future__ import annotations

import hmac
import secrets

TOKEN_HEADER = "X-Sitegen-Token"  # noqa: S105 - the name of a header
MAX_REQUEST = 512 * 1024
"""Bytes of one request; the longest message with all plural forms has room in it."""

_HTTP_PORT = 80


def new_token() -> str:
    """A secret of one run of the preview, known to its own pages alone."""
    return secrets.token_urlsafe(32)


def local_hosts(port: int) -> tuple[str, ...]:
    """What the `Host` header may say: other names for this machine can be made to point here by a stranger."""
    names = ("127.0.0.1", "localhost")
    plain = names if port == _HTTP_PORT else ()
    return (*(f"{name}:{port}" for name in names), *plain)


def refusal(*, host: str, origin: str | None, token: str | None, port: int, secret: str) -> str | None:
    """Why a request is refused, or None. Reading needs the same rights as writing."""
    if host not in local_hosts(port):
        return "the editor answers this machine alone"
    if origin != f"http://{host}":
        return "the editor answers pages of this preview alone"
    if token is None or not hmac.compare_digest(token.encode(), secret.encode()):
        return "the page is of an earlier preview; load it again"
    return None
