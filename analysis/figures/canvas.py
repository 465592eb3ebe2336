"""A figure whose heights are pixels: words, lines and traces are gathered and checked once."""

from textwrap import wrap
from typing import Any, Final

from msgspec import Struct, field
from plotly.graph_objects import Figure

from analysis.figures.theme import INK

SIGNS: Final = 40  # of a title on one line of a phone
TEXT: Final = 18  # pixels: height of a line of a title
FOOT: Final = 36


class Canvas(Struct):
    """What stands on a figure; `y` counts pixels from above."""

    traces: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)

    def write(
        self, x: float, y: float, words: str, across: str, along: str, *, bold: bool = False, **look: Any
    ) -> None:
        """Words at a place; `across` and `along` say which of their sides stands there."""
        font = {"font": {"color": INK["ink"], "weight": 600}} if bold else {}
        place = {"x": x, "y": y, "xanchor": across, "yanchor": along, "align": across}
        self.annotations.append({"text": words, "showarrow": False, **font, **place, **look})

    def title(self, x: float, y: float, words: str) -> float:
        """A title on as many lines as it takes; the height below it."""
        lines = wrap(words, SIGNS)
        self.write(x, y, "<br>".join(map(plain, lines)), "left", "top", bold=True)
        return y + TEXT * len(lines) + 2

    def line(self, x: tuple[float, float], y: tuple[float, float], **line: Any) -> None:
        """A straight line behind everything else."""
        ends = {"x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1]}
        self.shapes.append({"type": "line", "layer": "below", **ends, "line": line})

    def figure(self, height: float, xaxis: dict[str, Any]) -> Figure:
        """All of it, so high that its places are pixels."""
        layout = {
            "template": "groeispiegel",
            "barmode": "overlay",
            "height": round(height) + 4 + FOOT,
            "margin": {"t": 4, "b": FOOT},
            "shapes": self.shapes,
            "annotations": self.annotations,
            "xaxis": xaxis,
            "yaxis": {"range": [height, 0], "showticklabels": False, "showgrid": False},
        }
        return Figure(data=self.traces, layout=layout)


def plain(text: str) -> str:
    """Text that the drawing script does not take for markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
