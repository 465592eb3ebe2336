ALTER TABLE person ADD COLUMN experience TEXT CHECK (experience IN ('none', 'under_1', '1_to_3', 'over_3'));
ALTER TABLE person ADD COLUMN left_because TEXT;
-- Since when someone lets research use their reflections; off unless they chose it.
ALTER TABLE person ADD COLUMN research_since TEXT;

CREATE TABLE year_plan (
  id TEXT PRIMARY KEY,
  cohort_id TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  school_year TEXT NOT NULL CHECK (school_year LIKE '____-____'),
  region TEXT NOT NULL CHECK (region IN ('noord', 'midden', 'zuid')),
  made_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  made_at TEXT NOT NULL,
  UNIQUE (cohort_id, school_year)
) STRICT;

-- A round takes answers by the clock; `opened_at` and `closed_at` say when that was announced and noted.
ALTER TABLE round ADD COLUMN plan_id TEXT REFERENCES year_plan (id) ON DELETE SET NULL;
ALTER TABLE round ADD COLUMN lookback INTEGER NOT NULL DEFAULT 0 CHECK (lookback IN (0, 1));
ALTER TABLE round ADD COLUMN opened_at TEXT;
ALTER TABLE round ADD COLUMN closed_at TEXT;

-- Short rounds on focus items only, in tables of their own: nothing of them can get into a score or a curve.
CREATE TABLE micro_round (
  id TEXT PRIMARY KEY,
  cohort_id TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  plan_id TEXT REFERENCES year_plan (id) ON DELETE SET NULL,
  opens_at TEXT NOT NULL,
  closes_at TEXT NOT NULL,
  opened_at TEXT,
  closed_at TEXT,
  UNIQUE (cohort_id, opens_at),
  CHECK (closes_at > opens_at)
) STRICT;

CREATE TABLE micro_answer (
  micro_round_id TEXT NOT NULL REFERENCES micro_round (id) ON DELETE CASCADE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  form TEXT NOT NULL,
  item TEXT NOT NULL,
  item_version TEXT NOT NULL,
  value INTEGER CHECK (value BETWEEN 1 AND 5),
  code TEXT CHECK (code IN ('NOT_IN_ASSIGNMENT', 'NOT_MET_YET')),
  answered_at TEXT NOT NULL,
  PRIMARY KEY (micro_round_id, person_id, item),
  CHECK ((value IS NULL) <> (code IS NULL))
) STRICT;
CREATE INDEX micro_answer_person ON micro_answer (person_id);

-- Where someone stood then, seen from now; beside the answer of then and never in its place.
CREATE TABLE lookback (
  reflection_id TEXT NOT NULL REFERENCES reflection (id) ON DELETE CASCADE,
  item TEXT NOT NULL,
  item_version TEXT NOT NULL,
  about_round_id TEXT NOT NULL REFERENCES round (id) ON DELETE CASCADE,
  value INTEGER NOT NULL CHECK (value BETWEEN 1 AND 5),
  answered_at TEXT NOT NULL,
  PRIMARY KEY (reflection_id, item)
) STRICT;

-- What a reader saw of closed rounds: numbers of groups, no person. `about` says of whom or what, `state`
-- which closings they were made of. Written once; an erasure leaves them.
CREATE TABLE cohort_release (
  about TEXT NOT NULL,
  state TEXT NOT NULL,
  made_at TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (about, state)
) STRICT;

CREATE TABLE task_emphasis (
  reflection_id TEXT NOT NULL REFERENCES reflection (id) ON DELETE CASCADE,
  task TEXT NOT NULL,
  emphasis TEXT NOT NULL CHECK (emphasis IN ('none', 'some', 'much')),
  PRIMARY KEY (reflection_id, task)
) STRICT;

CREATE TABLE growth_share (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  trainer_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  shared_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX growth_share_in_force ON growth_share (person_id, trainer_id) WHERE ended_at IS NULL;
CREATE INDEX growth_share_trainer ON growth_share (trainer_id) WHERE ended_at IS NULL;

-- What a coach is asked to do at a school in a school year; placements build on it.
CREATE TABLE assignment (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  school_id TEXT NOT NULL REFERENCES school (id) ON DELETE CASCADE,
  school_year TEXT NOT NULL CHECK (school_year LIKE '____-____'),
  noted_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  noted_at TEXT NOT NULL,
  UNIQUE (person_id, school_id, school_year)
) STRICT;

CREATE TABLE assignment_role (
  assignment_id TEXT NOT NULL REFERENCES assignment (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  PRIMARY KEY (assignment_id, role)
) STRICT;

CREATE TABLE assignment_task (
  assignment_id TEXT NOT NULL REFERENCES assignment (id) ON DELETE CASCADE,
  task TEXT NOT NULL,
  PRIMARY KEY (assignment_id, task)
) STRICT;

CREATE TABLE event (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
  place TEXT NOT NULL DEFAULT '' CHECK (length(place) <= 120),
  starts_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  plan_id TEXT REFERENCES year_plan (id) ON DELETE SET NULL,
  made_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  made_at TEXT NOT NULL,
  changed_at TEXT,
  cancelled_at TEXT,
  CHECK (ends_at > starts_at)
) STRICT;
CREATE INDEX event_starts ON event (starts_at);

CREATE TABLE event_cohort (
  event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  cohort_id TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  PRIMARY KEY (event_id, cohort_id)
) STRICT;
CREATE INDEX event_cohort_cohort ON event_cohort (cohort_id);

CREATE TABLE event_theme (
  event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  competency TEXT NOT NULL,
  PRIMARY KEY (event_id, competency)
) STRICT;

CREATE TABLE attendance (
  event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('present', 'absent')),
  noted_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  noted_at TEXT NOT NULL,
  PRIMARY KEY (event_id, person_id)
) STRICT;
CREATE INDEX attendance_person ON attendance (person_id);

-- A focus item someone brings to an intervision; nothing of it is shared otherwise.
CREATE TABLE shared_focus (
  event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  item TEXT NOT NULL,
  shared_at TEXT NOT NULL,
  PRIMARY KEY (event_id, person_id, item)
) STRICT;

CREATE TABLE proposal (
  id TEXT PRIMARY KEY,
  person_id TEXT REFERENCES person (id) ON DELETE SET NULL,
  profile TEXT NOT NULL,
  item TEXT,
  change TEXT NOT NULL CHECK (length(change) BETWEEN 1 AND 500),
  proposed_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'taken', 'not_taken')),
  answer TEXT CHECK (length(answer) <= 500),
  decided_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  decided_at TEXT,
  CHECK ((state = 'open') = (decided_at IS NULL))
) STRICT;

-- Items that a round asks in the old and the new wording, and who got which.
CREATE TABLE transition (
  round_id TEXT NOT NULL REFERENCES round (id) ON DELETE CASCADE,
  item TEXT NOT NULL,
  PRIMARY KEY (round_id, item)
) STRICT;

CREATE TABLE wording_draw (
  round_id TEXT NOT NULL REFERENCES round (id) ON DELETE CASCADE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  wording TEXT NOT NULL CHECK (wording IN ('old', 'new')),
  PRIMARY KEY (round_id, person_id)
) STRICT;

-- What a trainer saw of an item in two wordings; seen anew only when both halves grew by a group.
CREATE TABLE wording_release (
  trainer_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  about TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (trainer_id, about)
) STRICT;

-- Something someone is told once; several that wait go in one mail.
CREATE TABLE notice (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  about TEXT NOT NULL,
  -- Which change of an event this tells of: when it was made.
  change TEXT NOT NULL DEFAULT '',
  decided_at TEXT NOT NULL,
  mail_id TEXT REFERENCES outbox (id) ON DELETE SET NULL,
  -- When the event was to begin as the mail said it.
  told_of TEXT,
  told_at TEXT,
  dropped_at TEXT,
  UNIQUE (person_id, about, kind, change),
  CHECK (told_at IS NULL OR dropped_at IS NULL)
) STRICT;
CREATE INDEX notice_waiting ON notice (person_id) WHERE told_at IS NULL AND dropped_at IS NULL;
CREATE INDEX notice_mail ON notice (mail_id);

-- A mail whose words are written when it leaves names who writes it, and for whom.
ALTER TABLE outbox ADD COLUMN writer TEXT;
ALTER TABLE outbox ADD COLUMN person_id TEXT REFERENCES person (id) ON DELETE CASCADE;
ALTER TABLE outbox ADD COLUMN failed_because TEXT CHECK (failed_because IN ('address', 'server', 'mail'));
CREATE UNIQUE INDEX outbox_written_later ON outbox (person_id, writer)
  WHERE writer IS NOT NULL AND sent_at IS NULL AND expires_at IS NULL;

CREATE TABLE mail_choice (
  person_id TEXT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
  stopped_at TEXT,
  snoozed_until TEXT
) STRICT;

CREATE TABLE calendar_feed (
  person_id TEXT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
  made_at TEXT NOT NULL
) STRICT;
