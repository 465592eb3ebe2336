"""The look of every figure: colour tokens, markers, dashes and type; and a figure as JSON."""

import json
from collections.abc import Mapping
from typing import Any, Final

import plotly.io as pio
from plotly.graph_objects import Figure
from plotly.graph_objs.layout import Template

from analysis.texts import Texts

PALETTE: Final[Mapping[str, tuple[str, str]]] = {
    "card": ("#fffdfa", "#242028"),
    "ink": ("#2b2431", "#f0ebee"),
    "soft": ("#5f5666", "#bbb1bf"),
    "line": ("#ddd5cf", "#3f3845"),
    "edge": ("#857a8b", "#91869a"),
    "tint": ("#eee4ee", "#3a2d41"),
    "sun": ("#e9cf9f", "#53431f"),
    "s1": ("#0b4f5e", "#a3dfe8"),
    "s2": ("#b8439f", "#dd6fcc"),
    "s3": ("#9c5d08", "#eebd6b"),
    "s4": ("#6e757c", "#989ea4"),
    "l1": ("#e9e2ea", "#3a3140"),
    "l2": ("#cdbcd3", "#584563"),
    "l3": ("#b39abc", "#735885"),
    "l4": ("#7d5a8a", "#b191bd"),
    "l5": ("#4c2a58", "#e3cdea"),
}
"""Colours of the stylesheets and of the levels, light and dark. Drawn in light; the script swaps them."""

INK: Final = {token: light for token, (light, _) in PALETTE.items()}
MARKERS: Final = {"s1": "circle", "s2": "square", "s3": "diamond", "s4": "triangle-up"}
DASHES: Final = {"s1": "solid", "s2": "9px,4px", "s3": "2.5px,4px", "s4": "10px,4px,2px,4px"}
FONT: Final = '"Segoe UI", Roboto, "Noto Sans", -apple-system, "Liberation Sans", sans-serif'
CONFIG: Final = {
    "displayModeBar": False,
    "displaylogo": False,
    "plotlyServerURL": "",
    "responsive": True,
    "showSendToCloud": False,
}

pio.templates["groeispiegel"] = Template(
    layout={
        "autosize": True,
        "dragmode": False,
        "font": {"family": FONT, "size": 12, "color": INK["soft"]},
        "height": 360,
        "hoverlabel": {"bgcolor": INK["card"], "bordercolor": INK["edge"], "font": {"color": INK["ink"]}},
        "hovermode": "closest",
        "margin": {"l": 4, "r": 12, "t": 8, "b": 32},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "xaxis": {
            "fixedrange": True,
            "linecolor": INK["edge"],
            "showgrid": False,
            "showline": True,
            "tickangle": 0,
            "zeroline": False,
        },
        "yaxis": {
            "fixedrange": True,
            "gridcolor": INK["line"],
            "tickfont": {"color": INK["soft"]},
            "zeroline": False,
        },
    }
)


def as_json(figure: Figure, texts: Texts) -> str:
    """Figure, light → dark colours and config as compact JSON; raises ValueError for NaN."""
    payload = {
        "figure": figure.to_plotly_json(),
        "dark": dict(PALETTE.values()),
        "config": {**CONFIG, "locale": texts.locale},
    }
    return json.dumps(payload, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    return value.to_plotly_json()


def line_style(token: str) -> dict[str, Any]:
    """How a line of points of this token is drawn; a missing point is a gap."""
    return {
        "mode": "lines+markers",
        "connectgaps": False,
        "hoverinfo": "text",
        "line": {"color": INK[token], "width": 2.5, "dash": DASHES[token]},
        "marker": {
            "color": INK[token],
            "size": 12,
            "symbol": MARKERS[token],
            "line": {"color": INK["card"], "width": 1.5},
        },
    }
