"""You said, we did: written by the lead after a release, read on the card in the language of its holder."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from survey.access.permissions import Role, Scope
from survey.database import SqliteEngine
from survey.evaluation.said_done import actions, reports
from survey.evaluation.said_done.points import MOST, Words
from tests.client import HouseClient, parsed, words
from tests.conftest import Clock, Member, scope_of
from tests.survey.evaluation.ballots import Ballots
from tests.survey.evaluation.conftest import Asked
from tests.survey.evaluation.outcome.conftest import FORM, Release

As = Callable[[Member], HouseClient]
Dump = Callable[[], object]
DUTCH = Words("U wilt de coach vaker zien.", "De coach komt elke week langs.")
ENGLISH = Words("You want to see the coach more often.", "The coach visits every week.")
TYPED = {"said-nl": DUTCH.said, "done-nl": DUTCH.done}
ONCE = "0" * 32


@pytest.fixture
def lead(lea: Member) -> Scope:
    return scope_of(lea, Role.LEAD)


@pytest.fixture
def card_of(card: Callable[..., Asked], release: Release, window: str) -> Asked:
    """A card that nobody used, of a window that was released."""
    made = card()
    release(window)
    return made


def write(
    engine: SqliteEngine, window: str, lead: Scope, clock: Clock, key: str = ONCE, **more: Words
) -> None:
    told = {"nl": DUTCH} | more
    actions.add(engine, window_id=window, form=FORM, words=told, key=key, by=lead, at=clock())


def publish(engine: SqliteEngine, window: str, lead: Scope, clock: Clock) -> None:
    actions.publish(engine, window_id=window, form=FORM, by=lead, at=clock())


def told(client: HouseClient, asked: Asked, language: str = "nl") -> str:
    reply = client.get(f"{asked.path}?taal={language}")
    assert reply.status_code == 200
    assert "Set-Cookie" not in reply.headers
    return words(parsed(reply.text))


def test_a_point_is_written_published_and_read_on_the_card(
    client: HouseClient, card_of: Asked, window: str, lea: Member, as_: As
) -> None:
    lead, address = as_(lea), f"/evaluatie/{window}/{FORM}/gedaan"
    assert lead.post(address, data=TYPED).status_code == 303
    assert DUTCH.said not in told(client, card_of)
    assert lead.post(f"{address}/publiceren").status_code == 303
    text = told(client, card_of)
    assert f"Wat doen wij met de antwoorden? Dit hoorden wij {DUTCH.said} Dit doen wij {DUTCH.done}" in text
    assert DUTCH.done in words(parsed(lead.get(f"/evaluatie/{window}/{FORM}").text))


def test_the_card_speaks_the_language_of_its_holder_with_dutch_beside_it(
    client: HouseClient, engine: SqliteEngine, card_of: Asked, window: str, lead: Scope, clock: Clock
) -> None:
    write(engine, window, lead, clock, en=ENGLISH)
    publish(engine, window, lead, clock)
    text = told(client, card_of, "en")
    assert f"This is what we heard Dit hoorden wij {ENGLISH.said} {DUTCH.said}" in text
    assert ENGLISH.said not in told(client, card_of)


def test_without_that_language_the_point_stands_in_dutch(
    client: HouseClient, engine: SqliteEngine, card_of: Asked, window: str, lead: Scope, clock: Clock
) -> None:
    write(engine, window, lead, clock)
    publish(engine, window, lead, clock)
    assert told(client, card_of, "en").count(DUTCH.said) == 1


def test_points_of_another_form_stand_on_no_card(
    client: HouseClient,
    engine: SqliteEngine,
    card: Callable[..., Asked],
    release: Release,
    window: str,
    lead: Scope,
    clock: Clock,
) -> None:
    parent = card("evaluation-parent")
    release(window)
    write(engine, window, lead, clock)
    publish(engine, window, lead, clock)
    assert DUTCH.said not in told(client, parent)


def test_who_answered_with_a_name_reads_the_points_of_the_programme(
    client: HouseClient,
    engine: SqliteEngine,
    named: tuple[Asked, Asked],
    release: Release,
    window: str,
    lead: Scope,
    clock: Clock,
) -> None:
    form = "evaluation-ib-programme"
    release(window, (Ballots("Programma", (3,) * 5, form=form),), form)
    act: dict[str, Any] = {"window_id": window, "form": form, "by": lead, "at": clock()}
    actions.add(engine, **act, words={"nl": DUTCH}, key=ONCE)
    actions.publish(engine, **act)
    for asked in named:
        assert DUTCH.said in told(client, asked)


def test_a_coach_reads_what_is_published_and_no_more(
    engine: SqliteEngine, released: str, lead: Scope, clock: Clock, ana: Member, as_: As
) -> None:
    client, address = as_(ana), f"/mijn-inzet/evaluatie/{released}/{FORM}"
    write(engine, released, lead, clock)
    assert DUTCH.said not in client.get(address).text
    publish(engine, released, lead, clock)
    assert DUTCH.said in client.get(address).text


def test_other_words_are_read_only_once_they_are_published(
    client: HouseClient, engine: SqliteEngine, card_of: Asked, window: str, lead: Scope, clock: Clock
) -> None:
    write(engine, window, lead, clock)
    publish(engine, window, lead, clock)
    (point,) = reports.points(engine, lead, window, FORM)
    place = {"window_id": window, "form": FORM, "point_id": point.id}
    other = {"nl": Words("U wilt meer rust.", DUTCH.done)}
    actions.change(engine, **place, seen=point.fingerprint, words=other, by=lead, at=clock())
    assert "Wat doen wij" not in told(client, card_of)
    publish(engine, window, lead, clock)
    assert "U wilt meer rust." in told(client, card_of)
    actions.remove(engine, **place, by=lead, at=clock())
    assert "Wat doen wij" not in told(client, card_of)


def test_words_another_lead_wrote_meanwhile_are_published_and_taken_out_only_once_seen(
    engine: SqliteEngine, released: str, lead: Scope, clock: Clock, lea: Member, as_: As, dump: Dump
) -> None:
    client, address = as_(lea), f"/evaluatie/{released}/{FORM}/gedaan"
    write(engine, released, lead, clock)
    (point,) = reports.points(engine, lead, released, FORM)
    (all_seen,) = re.findall(r'name="seen" value="(\w+)"', client.get(address).text)
    place = {"window_id": released, "form": FORM, "point_id": point.id}
    other = {"nl": Words("U wilt meer rust.", DUTCH.done)}
    actions.change(engine, **place, seen=point.fingerprint, words=other, by=lead, at=clock())
    before = dump()
    acts = {"publiceren": all_seen, f"{point.id}/weg": point.fingerprint}
    for act, seen in acts.items():
        reply = client.post(f"{address}/{act}", data={"seen": seen})
        assert reply.status_code == 409
        assert "U wilt meer rust." in reply.text
        assert dump() == before
    (fresh,) = re.findall(r'name="seen" value="(\w+)"', client.get(address).text)
    assert client.post(f"{address}/publiceren", data={"seen": fresh}).status_code == 303


def test_the_same_form_sent_twice_is_one_point(
    engine: SqliteEngine, released: str, lead: Scope, clock: Clock
) -> None:
    write(engine, released, lead, clock)
    write(engine, released, lead, clock)
    assert len(reports.points(engine, lead, released, FORM)) == 1


def test_points_stay_in_the_order_in_which_they_were_written(
    engine: SqliteEngine, released: str, lead: Scope, clock: Clock
) -> None:
    for key in ("c", "a", "b"):
        write(engine, released, lead, clock, key=key)
    assert [one.id for one in reports.points(engine, lead, released, FORM)] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"said-nl": "", "done-nl": "Iets."}, "Vul dit ook in."),
        ({"said-nl": "x" * 201, "done-nl": "Iets."}, "Maak dit korter: hooguit 200 tekens."),
        (TYPED | {"said-en": "Only half of it"}, "Vul dit ook in."),
    ],
)
def test_a_mistake_keeps_what_was_typed_and_stores_nothing(
    released: str, lea: Member, as_: As, dump: Dump, typed: dict[str, str], says: str
) -> None:
    client = as_(lea)
    before = dump()
    reply = client.post(f"/evaluatie/{released}/{FORM}/gedaan", data=typed)
    assert reply.status_code == 422
    assert says in reply.text
    for text in filter(None, typed.values()):
        assert text in reply.text
    assert dump() == before


def test_what_another_changed_meanwhile_is_not_overwritten(
    engine: SqliteEngine, released: str, lead: Scope, clock: Clock, lea: Member, as_: As, dump: Dump
) -> None:
    write(engine, released, lead, clock)
    client, address = as_(lea), f"/evaluatie/{released}/{FORM}/gedaan/{ONCE}"
    before = dump()
    mine = TYPED | {"said-nl": "Mijn woorden.", "seen": "older"}
    reply = client.post(address, data=mine)
    assert reply.status_code == 409
    assert "Mijn woorden." in reply.text
    assert DUTCH.said in reply.text
    assert dump() == before


def test_before_a_release_there_is_nothing_to_answer(
    engine: SqliteEngine, window: str, lead: Scope, clock: Clock, lea: Member, as_: As, dump: Dump
) -> None:
    client = as_(lea)
    before = dump()
    assert client.post(f"/evaluatie/{window}/{FORM}/gedaan", data=TYPED).status_code == 404
    with pytest.raises(actions.NotReleased):
        write(engine, window, lead, clock)
    assert dump() == before


@pytest.mark.parametrize("who", ["ana", "ben", "nobody"])
def test_nobody_but_the_lead_writes(
    engine: SqliteEngine,
    released: str,
    lead: Scope,
    clock: Clock,
    who: str,
    request: pytest.FixtureRequest,
    as_: As,
    dump: Dump,
) -> None:
    write(engine, released, lead, clock)
    client, address = as_(request.getfixturevalue(who)), f"/evaluatie/{released}/{FORM}/gedaan"
    before = dump()
    for path in ("", f"/{ONCE}", f"/{ONCE}/weg", "/publiceren"):
        assert client.post(address + path, data=TYPED).status_code == 404
    assert dump() == before


@pytest.mark.parametrize(
    "told", [{}, {"en": ENGLISH}, {"nl": Words("", "Iets.")}, {"nl": Words("x" * 201, "Iets.")}]
)
def test_the_act_itself_takes_no_point_that_is_not_whole(
    engine: SqliteEngine, released: str, lead: Scope, clock: Clock, told: dict[str, Words]
) -> None:
    with pytest.raises(ValueError, match="point"):
        actions.add(engine, window_id=released, form=FORM, words=told, key=ONCE, by=lead, at=clock())


def test_nobody_reads_more_points_than_a_few(
    engine: SqliteEngine, released: str, lead: Scope, clock: Clock, lea: Member, as_: As
) -> None:
    for n in range(MOST):
        write(engine, released, lead, clock, key=f"{n}")
    client = as_(lea)
    reply = client.post(f"/evaluatie/{released}/{FORM}/gedaan", data=TYPED | {"done-nl": "Nog een."})
    assert reply.status_code == 409
    assert "Nog een." in reply.text
    assert "Haal er eerst een weg." in reply.text


def test_publishing_nothing_new_says_so(released: str, lea: Member, as_: As) -> None:
    client = as_(lea)
    reply = client.post(f"/evaluatie/{released}/{FORM}/gedaan/publiceren", follow_redirects=True)
    assert "Er was niets nieuws om te publiceren." in reply.text


def test_words_are_text_on_the_card(
    client: HouseClient, engine: SqliteEngine, card_of: Asked, window: str, lead: Scope, clock: Clock
) -> None:
    hostile = Words("<script>alert(1)</script> & zo.", "‮omgekeerd")
    actions.add(engine, window_id=window, form=FORM, words={"nl": hostile}, key=ONCE, by=lead, at=clock())
    publish(engine, window, lead, clock)
    assert "<script>" not in client.get(card_of.path).text
    assert "<script>alert(1)</script> & zo." in told(client, card_of)
