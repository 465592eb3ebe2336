"""A page that shows what was typed stays whole, whatever signs were in it."""

from tests.conftest import Member, Signed


def test_signs_that_no_page_can_hold_are_not_shown_again(as_: Signed, lea: Member) -> None:
    client = as_(lea)  # holds every page to the rules of HTML
    assert client.get("/inzet/scholen?q=%1b%ef%bf%bf%00").status_code == 200
    reply = client.post("/mensen/nieuw", data={"name": "Ro\x1bos", "email": "\x01"})
    assert reply.status_code == 422
    assert 'value="Ro os"' in reply.get_data(as_text=True)
