"""A file to keep, in answer to a request."""

from flask import Response


def attachment(body: bytes, kind: str, name: str) -> Response:
    """The file; a browser keeps it under this name, which has no signs that stand out in an address."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, content_type=kind, headers=headers)
