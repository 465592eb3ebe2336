"""SQL of named forms. A lead reads every one, a coach those about themselves."""

from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row

_FORM = """
SELECT invitation.id AS invitation_id, node.id AS node_id, invitation.form, form.version, invitation.name,
  school.id AS school_id, school.name AS school, node.label AS coach, node.person_id,
  evaluation_window.school_year, talk.talked_on
FROM evaluation_about AS about
JOIN evaluation_invitation AS invitation ON invitation.id = about.invitation_id
JOIN evaluation_window ON evaluation_window.id = invitation.window_id
JOIN evaluation_form AS form ON form.window_id = invitation.window_id AND form.form = invitation.form
JOIN evaluation_node AS node ON node.id = about.node_id
JOIN school ON school.id = invitation.school_id
LEFT JOIN named_talk AS talk ON talk.invitation_id = about.invitation_id AND talk.node_id = about.node_id
WHERE about.answered = 1 AND invitation.name IS NOT NULL AND (:reads_all = 1 OR node.person_id = :reader)
"""
# Of whoever was erased there is nothing left to open.
_HELD = """
AND EXISTS (SELECT 1 FROM named_answer AS answer
  WHERE answer.invitation_id = about.invitation_id AND answer.node_id = about.node_id)
"""
_ORDER = "ORDER BY evaluation_window.opens_at DESC, node.label, school.name, invitation.name, invitation.id"


def forms(engine: Engine, *, scope: Scope) -> list[Row]:
    """Every named form this reader may open, newest window first."""
    return engine.rows(f"{_FORM} {_HELD} {_ORDER}", _reader(scope))


def form(engine: Engine, *, invitation_id: str, node_id: str, scope: Scope) -> Row | None:
    """One named form, if this reader may open it."""
    sql = f"{_FORM} {_HELD} AND about.invitation_id = :invitation AND about.node_id = :node"
    return engine.one(sql, {**_reader(scope), "invitation": invitation_id, "node": node_id})


def done(
    engine: Engine, *, school_year: str, school_id: str | None, person_id: str | None, scope: Scope
) -> list[Row]:
    """Which were filled in during a school year, at a school or about a coach, and talked about when."""
    sql = f"""{_FORM} AND evaluation_window.school_year = :year
      AND (CAST(:school AS TEXT) IS NULL OR school.id = :school)
      AND (CAST(:person AS TEXT) IS NULL OR node.person_id = :person) {_ORDER}"""
    params = {"year": school_year, "school": school_id, "person": person_id}
    return engine.rows(sql, {**_reader(scope), **params})


def answers(engine: Engine, *, invitation_id: str, node_id: str, scope: Scope) -> list[Row]:
    """What was answered on a form this reader may open."""
    return engine.rows(
        """
        SELECT answer.item, answer.value, answer.code FROM named_answer AS answer
        JOIN evaluation_node AS node ON node.id = answer.node_id
        WHERE answer.invitation_id = :invitation AND answer.node_id = :node
          AND (:reads_all = 1 OR node.person_id = :reader)
        """,
        {**_reader(scope), "invitation": invitation_id, "node": node_id},
    )


def line(engine: Engine, *, invitation_id: str, node_id: str, scope: Scope) -> Row | None:
    """The own words on a form this reader may open."""
    return engine.one(
        """
        SELECT line.words FROM named_line AS line JOIN evaluation_node AS node ON node.id = line.node_id
        WHERE line.invitation_id = :invitation AND line.node_id = :node
          AND (:reads_all = 1 OR node.person_id = :reader)
        """,
        {**_reader(scope), "invitation": invitation_id, "node": node_id},
    )


def note_talk(engine: Engine, *, invitation_id: str, node_id: str, talked_on: str, by: str) -> bool:
    """The coach the form is about talked about it on this day; False for anyone else."""
    sql = """
    INSERT INTO named_talk (invitation_id, node_id, talked_on, noted_by)
    SELECT about.invitation_id, about.node_id, :day, :by FROM evaluation_about AS about
    JOIN evaluation_node AS node ON node.id = about.node_id
    JOIN evaluation_invitation AS invitation ON invitation.id = about.invitation_id
    WHERE about.invitation_id = :invitation AND about.node_id = :node AND about.answered = 1
      AND node.person_id = :by AND invitation.name IS NOT NULL
    ON CONFLICT (invitation_id, node_id) DO UPDATE SET talked_on = excluded.talked_on
    """
    params = {"invitation": invitation_id, "node": node_id, "day": talked_on, "by": by}
    return engine.run(sql, params) == 1


def _reader(scope: Scope) -> dict[str, str | int]:
    return {"reader": scope.person_id, "reads_all": int(scope.can(Permission.RUN_EVALUATION))}
