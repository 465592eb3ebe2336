"""The shape every chart has: numbers, words, table and a figure that is drawn when asked for."""

from collections.abc import Callable
from typing import Any, Literal

from msgspec import Struct

from analysis.texts import Texts

Shape = Literal["circle", "square", "diamond", "triangle", "bar", "dot", "flag"]


class Table(Struct, frozen=True):
    """Caption, column names and rows of ready text; the first cell of a row is its header."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class LegendEntry(Struct, frozen=True):
    """A series of the figure for the legend in HTML: colour token, shape and name.

    An `optional` series is drawn only when asked for, so the legend names it only then.
    """

    series: str
    shape: Shape
    label: str
    optional: bool = False


class Story(Struct, frozen=True):
    """The finding in one sentence, more lines, source line and legend; not `drawn` when withheld."""

    sentence: str
    details: tuple[str, ...] = ()
    source_line: str = ""
    legend: tuple[LegendEntry, ...] = ()
    drawn: bool = True


class Chart(Struct, frozen=True):
    """One chart: compute(data, **options) → numbers; describe, tabulate and draw(numbers, texts, **look)."""

    name: str
    compute: Callable[..., Any]
    draw: Callable[..., Any]
    describe: Callable[[Any, Texts], Story]
    tabulate: Callable[[Any, Texts], Table]


class BuiltChart(Struct, frozen=True):
    """A chart ready for a page: sentence, details, table, legend, source line, and JSON for the script."""

    chart: Chart
    result: Any
    texts: Texts
    story: Story
    table: Table

    @property
    def sentence(self) -> str:
        return self.story.sentence

    @property
    def details(self) -> tuple[str, ...]:
        return self.story.details

    @property
    def source_line(self) -> str:
        return self.story.source_line

    @property
    def legend(self) -> tuple[LegendEntry, ...]:
        return self.story.legend

    @property
    def drawn(self) -> bool:
        """Whether there is a figure; when not, the sentence is the reason."""
        return self.story.drawn

    @property
    def json(self) -> str:
        """The figure as JSON for the drawing script, empty when withheld; drawn at each reading."""
        return self.draw()

    def draw(self, **look: Any) -> str:
        """As `json`, with options of the chart's drawing (cohort_growth: raw=True shows the raw mean)."""
        if not self.drawn:
            return ""
        from analysis.figures import as_json

        return as_json(self.chart.draw(self.result, self.texts, **look), self.texts)
