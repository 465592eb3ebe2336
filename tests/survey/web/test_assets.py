"""Assets: addresses that change with the content, packed, kept for a year; pages packed too."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug import Response

from survey.web import assets, plotlyjs
from survey.web.assets import asset

TEMPLATES = Path(__file__).parents[3] / "templates"
STYLES = sorted(assets.FOLDER.glob("*.css"))
PACKED = {"Accept-Encoding": "gzip, deflate, br"}


def unpacked(reply: Response) -> bytes:
    assert reply.headers["Content-Encoding"] == "gzip"
    return gzip.decompress(reply.data)


def test_an_asset_is_kept_for_a_year_under_the_address_of_its_content(client: FlaskClient) -> None:
    reply = client.get(asset("groeispiegel.css"), headers=PACKED)
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert reply.mimetype == "text/css"
    assert unpacked(reply) == (assets.FOLDER / "groeispiegel.css").read_bytes()


@pytest.mark.parametrize("query", ["", "?v=0123456789ab"])
def test_under_another_address_it_is_asked_for_again(client: FlaskClient, query: str) -> None:
    assert client.get(f"/static/groeispiegel.css{query}").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("accepts", [{}, {"Accept-Encoding": "gzip;q=0"}])
def test_a_browser_that_cannot_unpack_gets_plain_text(client: FlaskClient, accepts: dict[str, str]) -> None:
    for path in (asset("groeispiegel.css"), "/c/token"):
        reply = client.get(path, headers=accepts)
        assert "Content-Encoding" not in reply.headers
        assert "Accept-Encoding" in reply.headers["Vary"]


def test_another_content_has_another_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    (tmp_path / "x.js").write_text("1")
    first = asset("x.js")
    (tmp_path / "x.js").write_text("22")
    assert asset("x.js") != first


@pytest.mark.parametrize(
    "name", ["../app.py", "..%2fapp.py", "none.css", ".", "%2e%2e", "%00", "a/b.css", "x" * 300]
)
def test_nothing_outside_the_folder_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_a_template_that_names_a_missing_asset_fails_loudly() -> None:
    with pytest.raises(FileNotFoundError, match=r"missing\.css"):
        asset("missing.css")


def test_style_and_frame_leave_room_in_the_budget_of_a_respondent_page(client: FlaskClient) -> None:
    assert len(client.get(asset("groeispiegel.css"), headers=PACKED).data) <= 5 * 1024


def test_what_only_staff_see_does_not_weigh_on_a_respondent(client: FlaskClient) -> None:
    assert len(client.get(asset("staff.css"), headers=PACKED).data) <= 2 * 1024
    assert "staff.css" not in client.get("/c/token").text
    assert "asset('staff.css')" in (TEMPLATES / "_app.html").read_text()
    for word in ("<table", 'class="chart', "_chart.html"):
        outside = [path for path in TEMPLATES.rglob("*.html") if word in path.read_text()]
        assert not {path.parent.name for path in outside} & {"access", "checkin", "web", "demo"}, word


def test_a_page_for_respondents_asks_for_nothing_but_its_style(client: FlaskClient) -> None:
    text = client.get("/c/token").get_data(as_text=True)
    addresses = re.findall(r'(?:src|href)="([^"#]+)', text)
    assert [address for address in addresses if not address.startswith("data:")] == [
        asset("groeispiegel.css")
    ]


@pytest.mark.parametrize("path", ["/c/token", "/cijfers.json", "/open"])
def test_pages_and_numbers_travel_packed(client: FlaskClient, path: str) -> None:
    plain = client.get(path)
    packed = client.get(path, headers=PACKED)
    assert len(packed.data) < len(plain.data)
    assert packed.headers["Content-Length"] == str(len(packed.data))
    if "csrf_token" not in plain.text:
        assert unpacked(packed) == plain.data


def test_a_short_answer_is_not_packed(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.post("/c/token", headers=PACKED).headers


def test_the_size_of_a_page_with_a_token_does_not_betray_it(client: FlaskClient) -> None:
    sizes = {len(client.get("/open", headers=PACKED).data) for _ in range(40)}
    assert len(sizes) > 10


def test_plotly_comes_from_the_installed_package(app: Flask, client: FlaskClient) -> None:
    address = str(app.jinja_env.globals["plotly_js"])
    with client.get(address, headers=PACKED) as reply:
        assert unpacked(reply) == plotlyjs.script().read_bytes()
        assert "immutable" in reply.headers["Cache-Control"]
    with client.get(address) as plain:
        assert plain.data == plotlyjs.script().read_bytes()


def test_plotly_is_packed_once_and_travels_plain_when_the_disk_is_full(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    def packing() -> str | None:
        with client.get(str(app.jinja_env.globals["plotly_js"]), headers=PACKED) as reply:
            return reply.headers.get("Content-Encoding")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "write_bytes", full)
        assert packing() is None
    assert packing() == "gzip"
    monkeypatch.setattr(Path, "write_bytes", full)
    assert packing() == "gzip"


def test_the_style_of_plotly_is_read_from_its_script(app: Flask, client: FlaskClient) -> None:
    style = client.get(str(app.jinja_env.globals["plotly_css"])).text
    assert style.count("{") == style.count("}") == len(style.splitlines()) >= 60
    assert ".js-plotly-plot .plotly .main-svg{position:absolute;" in style
    assert re.search(r"^\.plotly-notifier p\{margin:0;\}$", style, re.MULTILINE)


@pytest.mark.parametrize("path", ["/plotly-0.0.1.js", "/plotly-0.0.1.css"])
def test_only_the_installed_plotly_is_there(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_every_class_and_token_of_the_style_is_used_somewhere() -> None:
    style = re.sub(r"/\*.*?\*/", "", "".join(path.read_text() for path in STYLES), flags=re.DOTALL)
    tokens = set(re.findall(r"(--\w+)\s*:", style))
    assert sorted(token for token in tokens if f"var({token})" not in style) == []
    pages = " ".join(path.read_text() for path in [*TEMPLATES.rglob("*.html"), *assets.FOLDER.glob("*.js")])
    words = set(re.findall(r"[\w-]+", pages))
    classes = {
        name for rule in re.findall(r"([^{}]+)\{", style) for name in re.findall(r"\.([a-z][\w-]*)", rule)
    }
    assert sorted(name for name in classes if not name.startswith("in-") and name not in words) == []
