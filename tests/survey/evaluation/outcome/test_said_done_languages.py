"""You said, we did, for parents: on the same card, in each language of their form, with Dutch beside it."""

from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Member
from tests.survey.evaluation.ballots import Ballots
from tests.survey.evaluation.conftest import Asked
from tests.survey.evaluation.outcome.conftest import Release

As = Callable[[Member], HouseClient]
FORM = "evaluation-parent"
DUTCH = ("U wilt de coach vaker zien.", "De coach komt elke week langs.")
SPOKEN = {
    "en": ("You want to see the coach more often.", "The coach visits every week."),
    "ar": ("تريدون رؤية المرافق أكثر.", "يأتي المرافق كل أسبوع."),
    "uk": ("Ви хочете частіше бачити коуча.", "Коуч приходить щотижня."),
    "ti": ("ንኣሰልጣኒ ብዝያዳ ክትርእይዎ ትደልዩ።", "ኣሰልጣኒ ሰሙን ሰሙን ይመጽእ።"),
    "pl": ("Chcą Państwo częściej widzieć trenera.", "Trener przychodzi co tydzień."),
    "tr": ("Koçu daha sık görmek istiyorsunuz.", "Koç her hafta geliyor."),
}
TYPED = {"said-nl": DUTCH[0], "done-nl": DUTCH[1]}


@pytest.fixture
def parent_card(card: Callable[..., Asked], release: Release, window: str) -> Asked:
    """A card of a parent at a school whose answers were released."""
    made = card(FORM)
    release(window, (Ballots("Ana", (3,) * 12, form=FORM),), FORM)
    return made


@pytest.fixture
def say(as_: As, lea: Member, window: str) -> Callable[..., None]:
    """The lead writes a point in Dutch and these languages, and publishes it."""

    def publish(*languages: str) -> None:
        lead, address = as_(lea), f"/evaluatie/{window}/{FORM}/gedaan"
        more = {
            f"{part}-{lang}": SPOKEN[lang][place]
            for lang in languages
            for place, part in enumerate(("said", "done"))
        }
        assert lead.post(address, data=TYPED | more).status_code == 303
        assert lead.post(f"{address}/publiceren").status_code == 303

    return publish


@pytest.mark.parametrize("language", list(SPOKEN))
def test_a_parent_reads_the_point_in_the_language_of_the_card(
    client: HouseClient, parent_card: Asked, say: Callable[..., None], language: str
) -> None:
    say(*SPOKEN)
    page = client.get(f"{parent_card.path}?taal={language}").text
    text = words(parsed(page))
    for own, dutch in zip(SPOKEN[language], DUTCH, strict=True):
        assert f"{own} {dutch}" in text, "their own words first, Dutch beside them"
    others = {said for other, pair in SPOKEN.items() if other != language for said in pair}
    assert not [said for said in others if said in text]
    (root,) = every(parsed(page), "html")
    assert root.get("lang") == language
    assert root.get("dir", "ltr") == ("rtl" if language == "ar" else "ltr")
    marked = {(one.get("lang"), words(one)) for one in every(parsed(page), "span")}
    assert {("nl", DUTCH[0]), (language, SPOKEN[language][0])} <= marked, "so that it is read aloud right"


@pytest.mark.parametrize("language", ["tr", "ar"])
def test_a_language_without_words_gets_the_dutch_ones_once(
    client: HouseClient, parent_card: Asked, say: Callable[..., None], language: str
) -> None:
    say("uk")
    text = words(parsed(client.get(f"{parent_card.path}?taal={language}").text))
    assert text.count(DUTCH[0]) == text.count(DUTCH[1]) == 1
    assert SPOKEN["uk"][0] not in text


def test_half_a_translation_is_refused_and_kept_in_the_form(
    engine: SqliteEngine, parent_card: Asked, as_: As, lea: Member, window: str
) -> None:
    reply = as_(lea).post(
        f"/evaluatie/{window}/{FORM}/gedaan", data=TYPED | {"said-ar": SPOKEN["ar"][0], "done-ar": ""}
    )
    assert reply.status_code == 422
    assert f'dir="rtl">{SPOKEN["ar"][0]}</textarea>' in reply.text
    assert engine.rows("SELECT * FROM said_done") == []
