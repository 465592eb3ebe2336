"""What each role may do, as one table, and the marks on views."""

import pytest

from survey.access.permissions import GRANTS, Permission, Public, Role, Scope, allow, mark_of, public

MAY = """
                coach trainer lead
see-today       yes   yes     yes
keep-account    yes   yes     yes
reflect         yes   -       -
see-own-growth  yes   -       -
keep-cases      yes   -       -
see-cohorts     -     yes     -
manage-people   -     -       yes
take-part       yes   yes     -
hold-events     -     yes     -
manage-cohorts  -     -       yes
keep-register   -     -       yes
see-own-placements yes -      -
keep-agreements yes   -       yes
run-evaluation  -     -       yes
write-advice    -     -       yes
pass-on-cases   -     -       yes
"""


def _table() -> dict[tuple[Role, Permission], bool]:
    head, *lines = (line.split() for line in MAY.strip().splitlines())
    return {
        (Role(role), Permission(name)): word == "yes"
        for name, *words in lines
        for role, word in zip(head, words, strict=True)
    }


def test_each_role_grants_what_the_table_says() -> None:
    table = _table()
    assert set(table) == {(role, permission) for role in Role for permission in Permission}
    assert {pair for pair, yes in table.items() if yes} == {
        (role, permission) for role in Role for permission in GRANTS[role]
    }


def test_two_roles_grant_what_either_grants() -> None:
    both = Scope("1", "Fenne", frozenset({Role.TRAINER, Role.LEAD}))
    assert both.can(Permission.SEE_COHORTS)
    assert both.can(Permission.MANAGE_PEOPLE)
    assert not both.can(Permission.REFLECT)


def test_someone_without_a_role_may_do_nothing() -> None:
    assert not any(Scope("1", "Nobody", frozenset()).can(permission) for permission in Permission)


def test_every_role_and_permission_is_described_in_words() -> None:
    described = [*Role, *Permission]
    assert len({str(one.description) for one in described}) == len(described)
    assert all(str(one.description).endswith(".") for one in described)


def test_grants_and_scopes_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        GRANTS[Role.COACH] = frozenset(Permission)  # type: ignore[index]
    with pytest.raises(AttributeError, match="immutable"):
        Scope("1", "Ana", frozenset()).roles = frozenset(Role)  # type: ignore[misc]


def test_an_open_page_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="say why"):
        public(" ")


def test_a_view_carries_one_mark() -> None:
    def view() -> str:
        return ""

    assert mark_of(public("anyone may look")(view)) == Public("anyone may look")
    with pytest.raises(TypeError, match="view already says who may come in"):
        allow(Permission.REFLECT)(view)


def test_something_else_called_access_is_no_mark() -> None:
    def view() -> str:
        return ""

    view.access = "everyone"  # type: ignore[attr-defined]
    assert mark_of(view) is None
