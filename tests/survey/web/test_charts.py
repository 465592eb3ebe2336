"""A chart on a page: finding, figure, numbers, in that order; the figure under the strict policy."""

import re
from collections.abc import Callable, Iterator
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, jsonify, render_template
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from survey.access.permissions import public
from tests.client import check_page

FIGURE = {
    "figure": {
        "data": [{"x": [0, 1], "y": [2, 3], "line": {"color": "#0b4f5e"}, "type": "scatter"}],
        "layout": {"height": 200, "showlegend": False},
    },
    "dark": {"#0b4f5e": "#a3dfe8"},
    "config": {"displayModeBar": False, "showSendToCloud": False, "plotlyServerURL": "", "responsive": True},
}
BUILT = SimpleNamespace(
    sentence="Uw <vaardigheden> groeiden.",
    drawn=True,
    legend=[SimpleNamespace(series="s1", shape="circle", label="houding")],
    details=("Houding: van 2 naar 3.",),
    source_line="De brede streep is toeval.",
    table=SimpleNamespace(caption="Gemiddelde", header=("ronde", "houding"), rows=(("sep 24", "2,0"),)),
)
WITHHELD = SimpleNamespace(**{**vars(BUILT), "drawn": False, "table": SimpleNamespace(rows=())})


@pytest.fixture
def charting(app: Flask) -> Flask:
    @app.get("/grafiek/<path:figure>")
    @public("a chart")
    def chart(figure: str) -> str:
        return render_template("chart.html", built=BUILT, figure=f"/{figure}")

    @app.get("/ingehouden")
    @public("a chart that may not be drawn")
    def withheld() -> str:
        return render_template("chart.html", built=WITHHELD, figure="/figuur.json")

    @app.get("/figuur.json")
    @public("its figure")
    def figure() -> Any:
        return jsonify(FIGURE)

    return app


def test_finding_figure_and_numbers_stand_in_that_order(charting: Flask) -> None:
    text = charting.test_client().get("/grafiek/figuur.json").text
    check_page(text)
    places = [
        text.index(part)
        for part in ("Uw &lt;vaardigheden&gt;", 'data-figure="/figuur.json"', "De brede streep", "<th scope")
    ]
    assert places == sorted(places)
    assert re.search(r"<td[^>]*>2,0</td>", text)


def test_a_chart_that_may_not_be_drawn_says_why_and_nothing_else(charting: Flask) -> None:
    text = charting.test_client().get("/ingehouden").text
    check_page(text)
    assert "data-figure" not in text
    assert "<table" not in text


def test_the_script_stays_small(client: FlaskClient) -> None:
    assert len(client.get("/static/chart.js").data) < 3 * 1024


@pytest.fixture
def address(charting: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, charting, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page_of(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a page of the application; its console has to stay silent."""
    noises: list[str] = []
    own: list[BrowserContext] = []

    def opened(path: str, **options: Any) -> Page:
        own.append(browser.new_context(**options))
        page = own[-1].new_page()
        page.on("console", lambda message: noises.append(message.text))
        page.on("pageerror", lambda error: noises.append(str(error)))
        page.goto(f"{address}{path}")
        return page

    yield opened
    for context in own:
        context.close()
    assert [noise for noise in noises if "status of 404" not in noise] == []


LINE = ".plot .scatterlayer .js-line"


@pytest.mark.browser
def test_the_figure_is_drawn_in_the_colours_of_the_screen_and_offers_no_way_to_send_it_away(
    page_of: Callable[..., Page],
) -> None:
    page = page_of("/grafiek/figuur.json", color_scheme="light")
    line = page.locator(LINE)
    expect(line).to_have_css("stroke", "rgb(11, 79, 94)", timeout=30_000)
    expect(page.locator(".plot")).to_have_css("height", "200px")
    page.emulate_media(color_scheme="dark")
    expect(line).to_have_css("stroke", "rgb(163, 223, 232)")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(line).to_have_css("stroke", "rgb(11, 79, 94)")
    assert page.locator(".modebar-btn").count() == 0


@pytest.mark.browser
def test_without_a_figure_or_a_script_the_words_and_numbers_stand(page_of: Callable[..., Page]) -> None:
    failed = page_of("/grafiek/nergens.json")
    expect(failed.locator(".plot")).to_have_count(0, timeout=30_000)
    expect(failed.get_by_text("Uw <vaardigheden> groeiden.")).to_be_visible()
    bare = page_of("/grafiek/figuur.json", java_script_enabled=False)
    expect(bare.locator(".plot, .legend").first).to_be_hidden()
    bare.get_by_text("Toon cijfers").click()
    expect(bare.get_by_role("table", name="Gemiddelde")).to_be_visible()
