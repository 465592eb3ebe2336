"""Security headers on every response; what is no asset is never stored by a browser or proxy."""

from flask import Flask, Response

from survey.config import Settings

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PAGES = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",  # a link that somebody put on a page of theirs is found by no search
}
HSTS = "max-age=31536000"


def init_app(app: Flask, settings: Settings) -> None:
    """Add the headers to every response of the application."""

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.extend(ALWAYS)
        if settings.https:
            response.headers["Strict-Transport-Security"] = HSTS
        if response.mimetype not in {"text/css", "text/javascript"}:
            response.headers.extend(PAGES)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
