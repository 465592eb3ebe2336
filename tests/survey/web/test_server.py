"""What the server lets in: headers that steer the application, broken bodies, and nothing of it in a log."""

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.server import Server, serving

FORM = "Content-Type: application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def server(template_database: Path) -> Iterator[Server]:
    with serving(template_database) as running:
        yield running


def _raw(server: Server, *lines: str, body: bytes = b"") -> str:
    """The first answer to a request, sent as it is; the connection is closed for writing after it."""
    at = urlsplit(server.url)
    head = "\r\n".join((*lines, f"Host: {at.netloc}", "Connection: close", "", "")).encode()
    with socket.create_connection((at.hostname, at.port), timeout=10) as line:
        line.sendall(head + body)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b"")).decode(errors="replace")


@pytest.mark.parametrize(
    "header",
    ["SCRIPT_NAME: /x", "PATH_INFO: /x", "X-Forwarded-Proto: https", "X-Forwarded-Prefix: /x"],
)
def test_no_header_from_this_machine_moves_the_application(server: Server, header: str) -> None:
    reply = _raw(server, "GET /vandaag HTTP/1.1", header)
    assert reply.startswith("HTTP/1.1 302")
    assert "\r\nLocation: /inloggen?next=/vandaag\r\n" in reply


@pytest.mark.parametrize(
    "body",
    [b"zz\r\nW1=3\r\n0\r\n\r\n", b"4\r\nW1=3", b"9\r\nW1=3\r\n0\r\n\r\n", b"-1\r\nW1=3\r\n0\r\n\r\n", b""],
)
def test_a_body_in_broken_pieces_is_unreadable_and_no_fault_of_ours(server: Server, body: bytes) -> None:
    reply = _raw(server, "POST /inloggen HTTP/1.1", FORM, "Transfer-Encoding: chunked", body=body)
    assert reply.startswith("HTTP/1.1 400"), reply[:200]


def test_a_lost_connection_is_unreadable_too(server: Server) -> None:
    reply = _raw(server, "POST /inloggen HTTP/1.1", FORM, "Content-Length: 20", body=b"mail=a")
    assert reply.startswith("HTTP/1.1 400"), reply[:200]


def test_the_log_holds_nothing_of_a_request(
    template_database: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with serving(template_database) as running:
        chunked = ("Transfer-Encoding: chunked", FORM)
        _raw(running, "POST /c/geheime-link HTTP/1.1", *chunked, body=b"zz\r\n")
        _raw(running, "POST /c/geheime-link HTTP/1.1", FORM, "Content-Length: 20", body=b"W1=3")
        _raw(running, "GET /c/geheime-link HTTP/9.9")
        _raw(running, "GET /c/geheime-link\tHTTP/1.1", "Bad Header: x")
    logged = "".join(capfd.readouterr())
    assert "geheime-link" not in logged
    assert "127.0.0.1" not in logged
