"""Figure of participation: a bar per round."""

from plotly.graph_objects import Figure

from analysis.charts.words import participation_words
from analysis.figures.theme import INK
from analysis.participation import RoundCount
from analysis.texts import Texts


def participation_bars(counts: tuple[RoundCount, ...], texts: Texts) -> Figure:
    """A bar per round, earliest on top: submitted, started and not yet started, each with its number."""
    done, unfinished, not_started = participation_words(texts)
    parts = (
        (done, [each.submitted for each in counts], "s1", "card"),
        (unfinished, [each.unfinished for each in counts], "line", "ink"),
        (not_started, [each.not_started for each in counts], "card", "ink"),
    )
    figure = Figure(layout={"template": "groeispiegel", "barmode": "stack", "bargap": 0.45})
    for name, sizes, fill, text in parts:
        figure.add_bar(
            x=sizes,
            y=[texts.month(each.moment) for each in counts],
            orientation="h",
            name=name,
            marker={"line": {"width": 1.5, "color": INK["edge"]}, "color": INK[fill]},
            text=[str(size) if size else "" for size in sizes],
            textposition="inside",
            textangle=0,
            insidetextanchor="middle",
            insidetextfont={"color": INK[text]},
            hoverinfo="skip",
        )
    figure.update_xaxes(rangemode="tozero", showticklabels=False, showline=False)
    figure.update_yaxes(type="category", autorange="reversed", showgrid=False, automargin=True)
    return figure.update_layout(height=56 + 44 * len(counts))
