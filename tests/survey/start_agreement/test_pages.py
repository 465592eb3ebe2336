"""The pages of start agreements, as lead, coach and whoever holds a link use them."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.start_agreement import actions as writing
from survey.start_agreement.parts import PARTS, TASKS, Content
from survey.start_agreement.signing import actions, links
from tests.client import HouseClient
from tests.conftest import START, Clock, Member
from tests.survey.start_agreement import making

Signed = Callable[[Member], HouseClient]
HOSTILE = "</p><script>alert(1)</script> {{ 7*7 }} \x0b\u202eomgekeerd & <w:br/>"


@pytest.fixture
def url(place: str) -> str:
    return f"/inzet/{place}/startafspraak"


def _link(app: Any, signature_id: str) -> str:
    with app.app_context():
        return f"/s/{links.token_of(signature_id)}"


@pytest.fixture
def link(app: Any, engine: SqliteEngine, place: str, lead: Scope) -> str:
    """The link of a director, the only one who signs."""
    with app.app_context():
        (signature,) = making.asked(engine, place, lead, partners=["director"])
    return _link(app, signature)


def _shown(page: str) -> str:
    return page.split('name="shown" value="')[1].split('"')[0]


class TestWriting:
    def test_a_lead_and_a_coach_write_one_together(
        self, as_: Signed, lea: Member, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope
    ) -> None:
        lead, own = as_(lea), as_(ana)
        assert "Nog geen startafspraak" in own.get(url).text
        assert lead.post(url).status_code == 422, "Ana is in no cohort, so which profile is asked"
        assert lead.post(url, data={"profile": "kansencoach"}).status_code == 303
        shown = _shown(own.get(f"{url}/deel/gesprek").text)
        reply = own.post(
            f"{url}/deel/gesprek",
            data={
                "shown": shown,
                "talked_on": "4-9-2025",
                "partner": ["coach", "ib"],
                "school_asks": "Meer rust.\r\n\r\nMeer ouders.",
                "then": "on",
            },
        )
        assert reply.location.endswith("/deel/opbrengsten")
        text = lead.get(url).text
        assert "Besproken op 4 september 2025 met: coach, intern begeleider." in text
        assert "Meer rust.\nMeer ouders." in text

    @pytest.mark.parametrize(
        ("part", "data", "said"),
        [
            ("gesprek", {"talked_on": "gisteren"}, "Dit is geen dag."),
            ("gesprek", {"talked_on": "1-1-1999"}, "Kijk het jaartal na."),
            ("gesprek", {"school_asks": "x" * 501}, "501 tekens, hooguit 500"),
            ("gesprek", {"partner": "minister"}, "een keuze tussen die hier niet hoort"),
            ("opbrengsten", {"wanted-0": "Meer ouders."}, "Kies waar het over gaat."),
            ("opbrengsten", {"category-0": "early_help"}, "Schrijf op wat u wilt bereiken"),
            ("opbrengsten", {"category-0": "x", "wanted-0": "y" * 281}, "281 tekens, hooguit 280"),
            ("taken", {"task": "x"}, "een keuze tussen die hier niet hoort"),
            ("afspraken", {"review_on": "32-1-2026"}, "Dit is geen dag."),
        ],
    )
    def test_a_mistake_is_told_and_everything_typed_stays(
        self, app: Any, as_: Signed, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope,
        part: str, data: dict[str, str], said: str,
    ) -> None:  # fmt: skip
        with app.app_context():
            making.draft(engine, place, coach, parts=())
        own = as_(ana)
        shown = _shown(own.get(f"{url}/deel/{part}").text)
        extra = {"not_done": "Geen ruzies oplossen."} if part == "taken" else {"parents_ask": "Rust."}
        reply = own.post(f"{url}/deel/{part}", data={"shown": shown, **extra, **data})
        assert reply.status_code == 422
        assert said in reply.text
        for name, typed in data.items():
            if not name.startswith(("category", "partner", "task")):
                assert typed in reply.text
        if part in {"taken", "gesprek"}:
            assert next(iter(extra.values())) in reply.text

    def test_two_who_write_the_same_part_see_both_texts(
        self, app: Any, as_: Signed, ana: Member, lea: Member, url: str, engine: SqliteEngine, place: str,
        coach: Scope,
    ) -> None:  # fmt: skip
        with app.app_context():
            making.draft(engine, place, coach, parts=())
        own, lead = as_(ana), as_(lea)
        shown = _shown(own.get(f"{url}/deel/gesprek").text)
        lead.post(f"{url}/deel/gesprek", data={"shown": shown, "school_asks": "Van de lead."})
        reply = own.post(f"{url}/deel/gesprek", data={"shown": shown, "school_asks": "Van de coach."})
        assert reply.status_code == 409
        assert "Van de lead." in reply.text
        assert "Van de coach." in reply.text
        again = {"shown": _shown(reply.text), "school_asks": "Van beiden."}
        assert own.post(f"{url}/deel/gesprek", data=again).status_code == 303
        assert "Van beiden." in lead.get(url).text

    def test_what_is_typed_while_people_sign_is_given_back(
        self, as_: Signed, ana: Member, url: str, link: str
    ) -> None:
        reply = as_(ana).post(f"{url}/deel/gesprek", data={"shown": "", "school_asks": "Een laatste zin."})
        assert reply.status_code == 409
        assert "Een laatste zin." in reply.text
        assert "ligt klaar om te tekenen" in reply.text

    def test_a_wrong_address_of_one_partner_keeps_the_others(
        self, app: Any, as_: Signed, lea: Member, url: str, engine: SqliteEngine, place: str, lead: Scope
    ) -> None:
        with app.app_context():
            making.draft(engine, place, lead)
        data = {"partners": ["coach", "director"], "mail-coach": "ana@example.org", "mail-director": "rosa"}
        reply = as_(lea).post(f"{url}/tekenen", data=data)
        assert reply.status_code == 422
        assert "Dit is geen mailadres." in reply.text
        assert "ana@example.org" in reply.text
        assert engine.rows("SELECT * FROM start_signature") == []

    @pytest.mark.parametrize("address", ["deel/iets", "?versie=7", "terugkijken/ooit", "terugkijken/eind"])
    def test_what_is_not_there_is_not_found(
        self, as_: Signed, lea: Member, url: str, link: str, address: str
    ) -> None:
        path = f"{url}{address}" if address.startswith("?") else f"{url}/{address}"
        assert as_(lea).get(path).status_code == 404

    def test_the_last_link_that_waits_says_what_taking_it_back_means(
        self, app: Any, as_: Signed, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope
    ) -> None:
        with app.app_context():
            first, second = making.asked(engine, place, coach)
            own = as_(ana)
            assert "Trek de link in van: Directeur" in own.get(url).text
            making.sign(engine, first)
        assert "Trek in: de afspraak geldt dan zonder directeur" in own.get(url).text
        own.post(f"{url}/tekenen/{second}/weg")
        assert "getekend op 20 januari 2026" in own.get(url).text

    def test_the_only_link_cannot_be_taken_back_by_itself(
        self, as_: Signed, ana: Member, url: str, link: str
    ) -> None:
        assert "Trek in" not in as_(ana).get(url).text


class TestLink:
    def test_a_director_reads_and_signs_without_a_cookie(
        self, client: HouseClient, as_: Signed, lea: Member, link: str, url: str
    ) -> None:
        page = client.get(link)
        assert "Meer ouders komen naar een gesprek" in page.text
        assert "Set-Cookie" not in page.headers
        reply = client.post(link, data={"act": "sign", "name": "  Rosa   Timmer "})
        assert (reply.status_code, reply.location) == (303, link)
        assert "Set-Cookie" not in reply.headers
        text = client.get(link).text
        assert "u heeft getekend" in text
        assert "Ik onderteken" not in text
        assert "Rosa Timmer" in as_(lea).get(url).text

    def test_the_same_form_sent_twice_signs_once(
        self, client: HouseClient, link: str, engine: SqliteEngine
    ) -> None:
        client.post(link, data={"act": "sign", "name": "Rosa"})
        assert client.post(link, data={"act": "sign", "name": "Iemand anders"}).status_code == 303
        assert client.post(link, data={"act": "remark", "remark": "Toch niet."}).status_code == 303
        (row,) = engine.rows("SELECT name, remark FROM start_signature")
        assert row == {"name": "Rosa", "remark": ""}

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            ({"act": "sign", "name": "  "}, "Vul uw naam in"),
            ({"act": "sign", "name": "x" * 121}, "hooguit 120 tekens"),
            ({"act": "remark", "remark": ""}, "Schrijf uw opmerking op"),
            ({"act": "remark", "remark": "x" * 501}, "hooguit 500 tekens"),
            ({"name": "Rosa"}, "Kies: ondertekenen of een opmerking sturen."),
        ],
    )
    def test_what_misses_something_comes_back_as_it_was(
        self, client: HouseClient, link: str, engine: SqliteEngine, data: dict[str, str], said: str
    ) -> None:
        reply = client.post(link, data=data)
        assert reply.status_code == 422
        assert said in reply.text
        assert all(value in reply.text for name, value in data.items() if name != "act" and value.strip())
        (row,) = engine.rows("SELECT name, remarked_at FROM start_signature")
        assert row == {"name": None, "remarked_at": None}

    def test_a_remark_comes_back_to_lead_and_coach(
        self, client: HouseClient, as_: Signed, ana: Member, lea: Member, link: str, url: str
    ) -> None:
        client.post(link, data={"act": "remark", "remark": "Liever op maandag."})
        assert "Liever op maandag." in client.get(link).text
        for member in (ana, lea):
            assert "Liever op maandag." in as_(member).get(url).text
            assert "opmerking bij de startafspraak" in as_(member).get("/vandaag").text

    def test_a_link_taken_back_shows_no_agreement_and_keeps_what_was_typed_readable(
        self, client: HouseClient, as_: Signed, lea: Member, link: str, url: str
    ) -> None:
        as_(lea).post(f"{url}/intrekken")
        assert "Meer ouders komen" not in client.get(link).text
        reply = client.post(link, data={"act": "remark", "remark": "Liever op maandag."})
        assert reply.status_code == 409
        assert "Liever op maandag." in reply.text
        assert "niet verstuurd" in reply.text

    def test_an_old_link_says_whom_to_ask(self, client: HouseClient, clock: Clock, link: str) -> None:
        clock.at = START + actions.LASTS
        text = client.get(link).text
        assert "verlopen" in text
        assert "Meer ouders komen" not in text
        assert client.post(link, data={"act": "sign", "name": "Rosa"}).status_code == 409

    def test_who_signed_reads_it_until_the_last_day_of_the_link(
        self, client: HouseClient, clock: Clock, link: str
    ) -> None:
        client.post(link, data={"act": "sign", "name": "Rosa"})
        assert "Meer ouders komen" in client.get(link).text
        clock.at = START + actions.LASTS
        text = client.get(link).text
        assert "u heeft getekend" in text
        assert "Meer ouders komen" not in text
        assert "Rosa" not in text

    def test_who_tries_tokens_is_stopped_and_who_holds_one_is_not(
        self, client: HouseClient, link: str
    ) -> None:
        replies = [client.get(f"/s/{number:022}").status_code for number in range(102)]
        assert (replies[0], replies[-1]) == (404, 429)
        assert client.get(link).status_code == 200

    def test_without_a_coach_the_link_opens_nothing(
        self, client: HouseClient, link: str, engine: SqliteEngine
    ) -> None:
        engine.run("UPDATE placement SET status = 'vacant_funded', person_id = NULL")
        assert client.get(link).status_code == 404
        assert client.post(link, data={"act": "sign", "name": "Rosa"}).status_code == 404


class TestDocument:
    def test_hostile_words_stay_words_on_every_page_and_in_word(
        self, app: Any, client: HouseClient, as_: Signed, lea: Member, url: str, engine: SqliteEngine,
        place: str, lead: Scope,
    ) -> None:  # fmt: skip
        with app.app_context():
            making.draft(engine, place, lead)
        own = as_(lea)
        for part, field in (("gesprek", "school_asks"), ("afspraken", "introduction_prompt.team")):
            path = f"{url}/deel/{part}"
            data = {"shown": _shown(own.get(path).text), field: HOSTILE, "partner": "director"}
            data |= {"talked_on": "2025-09-04", "review_on": "2026-02-12"}
            assert own.post(path, data=data).status_code == 303
        with app.app_context():
            (signature,) = making.asked(engine, place, lead, partners=["director"])
        client.post(_link(app, signature), data={"act": "sign", "name": HOSTILE[:120]})
        for page in (own.get(url).text, client.get(_link(app, signature)).text):
            assert "<script>alert" not in page
            assert "&lt;script&gt;alert(1)" in page
            assert "{{ 7*7 }}" in page
        words = Document(io.BytesIO(own.get(f"{url}/word").data))
        text = "\n".join(one.text for one in words.paragraphs)
        assert "</p><script>alert(1)</script> {{ 7*7 }}" in text
        assert "\x0b" not in text
        assert "\u202e" not in text
        assert words.core_properties.author == ""

    def test_it_holds_what_was_agreed_and_who_signed(
        self, app: Any, as_: Signed, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope
    ) -> None:
        with app.app_context():
            found = making.signed(engine, place, coach)
            writing.look_back(engine, by=coach, **making.looked(found))
        own = as_(ana)
        words = Document(io.BytesIO(own.get(f"{url}/word").data))
        text = "\n".join(one.text for one in words.paragraphs)
        page = own.get(url).text
        for said in (
            "Startafspraak De Kraanheide",
            "Contact met ouders. Meer ouders komen naar een gesprek.",
            "We merken het aan: de lijsten van oktober.",
            "De coach werkt als verbinder.",
            "De coach lost niet elke ruzie op.",
            "In de vergadering van 10 september.",
            "Op 12 februari 2026 kijken we samen terug.",
            "Leerkrachten staan er niet alleen voor. Deels te zien. Op de ouderavond.",
            "De vaste dag.",
        ):
            assert said in text
            assert said in page
        assert [cell.text for cell in words.tables[0].rows[1].cells] == [
            "Coach",
            "Rosa Timmer",
            "20 januari 2026",
        ]

    def test_the_download_names_its_version_and_is_not_kept(
        self, app: Any, as_: Signed, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope
    ) -> None:
        with app.app_context():
            making.signed(engine, place, coach)
            writing.renew(engine, placement_id=place, by=coach, at=START)
        reply = as_(ana).get(f"{url}/word?versie=1")
        assert "startafspraak-1.docx" in reply.headers["Content-Disposition"]
        assert reply.headers["Cache-Control"] == "no-store"
        assert "startafspraak-2.docx" in as_(ana).get(f"{url}/word").headers["Content-Disposition"]

    @pytest.mark.parametrize(
        ("roles", "tasks", "does", "does_not"),
        [
            ({"connector", "mediator"}, {"visible_at_school"}, ["Vaak te", "als het stroef"], ["Meehelpen"]),
            ({"connector"}, set(), ["Vaak te zien", "Meehelpen"], ["als het stroef"]),
            (set(), {"visible_at_school"}, ["Vaak te zien"], ["Meehelpen", "als het stroef"]),
        ],
    )  # fmt: skip
    def test_it_says_of_every_task_whether_it_is_the_coachs(
        self, app: Any, as_: Signed, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope,
        roles: set[str], tasks: set[str], does: list[str], does_not: list[str],
    ) -> None:  # fmt: skip
        with app.app_context():
            key = making.draft(engine, place, coach)
            content = Content(chosen={"role": frozenset(roles), "task": frozenset(tasks)})
            writing.save(engine, agreement_id=key, part=TASKS, content=content, by=coach, at=START)
        yes, _, no = as_(ana).get(url).text.partition("Nu niet gekozen")
        assert all(one in yes and one not in no for one in does)
        assert all(one in no and one not in yes for one in does_not)


class TestLookingBack:
    def test_a_coach_looks_back_in_words(
        self, app: Any, as_: Signed, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope,
        clock: Clock,
    ) -> None:  # fmt: skip
        with app.app_context():
            found = making.signed(engine, place, coach)
        clock.forward(days=30)
        own = as_(ana)
        assert "terugkijken, afgesproken voor 12 februari 2026" in own.get("/vandaag").text
        path = f"{url}/terugkijken/halverwege"
        data = {"shown": _shown(own.get(path).text), "on": "12-2-2026", "again_on": "4-6-2026"}
        data |= {f"note-{found.yields[0].id}": "Twaalf ouders.", "what_works": "De vaste dag."}
        reply = own.post(path, data=data)
        assert reply.status_code == 422
        assert "Twaalf ouders." in reply.text
        data |= {f"word-{one.id}": "seen" for one in found.yields}
        assert own.post(path, data=data).status_code == 303
        assert "Al te zien. Twaalf ouders." in own.get(url).text
        assert "terugkijken, afgesproken" not in own.get("/vandaag").text

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"on": ""}, "Kies de dag waarop u terugkeek."),
            ({"on": "21-1-2026"}, "Deze dag moet nog komen."),
            ({"again_on": ""}, "Kies de dag waarop u weer terugkijkt."),
            ({"what_works": "x" * 501}, "501 tekens, hooguit 500"),
        ],
    )
    def test_what_misses_something_comes_back(
        self, app: Any, as_: Signed, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope,
        change: dict[str, str], said: str,
    ) -> None:  # fmt: skip
        with app.app_context():
            found = making.signed(engine, place, coach)
        data = {
            "on": "20-1-2026",
            "again_on": "4-6-2026",
            **{f"word-{one.id}": "seen" for one in found.yields},
        }
        reply = as_(ana).post(f"{url}/terugkijken/halverwege", data={**data, **change})
        assert reply.status_code == 422
        assert said in reply.text

    def test_two_who_note_at_once_see_both(
        self, app: Any, as_: Signed, ana: Member, lea: Member, url: str, engine: SqliteEngine, place: str,
        coach: Scope,
    ) -> None:  # fmt: skip
        with app.app_context():
            found = making.signed(engine, place, coach)
        own, path = as_(ana), f"{url}/terugkijken/eind"
        data = {"shown": _shown(own.get(path).text), "on": "20-1-2026"}
        data |= {f"word-{one.id}": "seen" for one in found.yields}
        assert as_(lea).post(path, data={**data, "what_works": "Van de lead."}).status_code == 303
        reply = own.post(path, data={**data, "what_works": "Van de coach."})
        assert reply.status_code == 409
        assert "Van de lead." in reply.text
        assert "Van de coach." in reply.text


def test_another_coach_and_a_trainer_find_no_agreement(
    as_: Signed, cleo: Member, ben: Member, url: str, link: str
) -> None:
    for member in (cleo, ben):
        client = as_(member)
        for address in ("", "/word", "/tekenen", *(f"/deel/{part}" for part in PARTS)):
            assert client.get(f"{url}{address}").status_code == 404
        assert client.post(f"{url}/intrekken").status_code == 404


def test_a_lead_and_a_coach_find_it_from_the_placement(
    as_: Signed, lea: Member, ana: Member, place: str, url: str
) -> None:
    path = url.replace(" ", "%20")
    assert path in as_(lea).get(f"/inzet/{place}").text
    assert path in as_(ana).get("/mijn-inzet").text
