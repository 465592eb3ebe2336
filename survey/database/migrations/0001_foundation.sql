CREATE TABLE person (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  email TEXT NOT NULL UNIQUE CHECK (email = lower(email) AND email LIKE '%_@_%'),
  status TEXT NOT NULL CHECK (status IN ('aspirant', 'active', 'left')),
  language TEXT NOT NULL DEFAULT 'nl' CHECK (language IN ('nl', 'en')),
  created_at TEXT NOT NULL,
  left_at TEXT,
  CHECK ((status = 'left') = (left_at IS NOT NULL))
) STRICT;

CREATE TABLE role_grant (
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('coach', 'trainer', 'lead')),
  granted_at TEXT NOT NULL,
  PRIMARY KEY (person_id, role)
) STRICT;

CREATE TABLE signin_request (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL,
  asked_at TEXT NOT NULL
) STRICT;

CREATE TABLE signin_link (
  token_hash TEXT PRIMARY KEY CHECK (length(token_hash) = 64),
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT
) STRICT;
CREATE INDEX signin_link_person ON signin_link (person_id);

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY CHECK (length(token_hash) = 64),
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  revoked_at TEXT
) STRICT;
CREATE INDEX session_person ON session (person_id);

CREATE TABLE rate_limit (
  subject TEXT NOT NULL,
  window_start TEXT NOT NULL,
  hits INTEGER NOT NULL CHECK (hits > 0),
  PRIMARY KEY (subject, window_start)
) STRICT;
CREATE INDEX rate_limit_window ON rate_limit (window_start);

CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT,
  leased_until TEXT,
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  sent_at TEXT
) STRICT;
CREATE INDEX outbox_waiting ON outbox (created_at) WHERE sent_at IS NULL;

CREATE TABLE audit (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  person_id TEXT REFERENCES person (id) ON DELETE SET NULL,
  act TEXT NOT NULL,
  object TEXT
) STRICT;

CREATE TABLE cohort (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  profile TEXT NOT NULL,
  started_on TEXT NOT NULL
) STRICT;

CREATE TABLE cohort_member (
  cohort_id TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  since TEXT NOT NULL,
  until TEXT,
  PRIMARY KEY (cohort_id, person_id),
  CHECK (until IS NULL OR until >= since)
) STRICT;
CREATE INDEX cohort_member_person ON cohort_member (person_id);

CREATE TABLE cohort_trainer (
  cohort_id TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  PRIMARY KEY (cohort_id, person_id)
) STRICT;
CREATE INDEX cohort_trainer_person ON cohort_trainer (person_id);

CREATE TABLE round (
  id TEXT PRIMARY KEY,
  cohort_id TEXT NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  form TEXT NOT NULL,
  version TEXT NOT NULL,
  opens_at TEXT NOT NULL,
  closes_at TEXT NOT NULL,
  UNIQUE (cohort_id, opens_at),
  CHECK (closes_at > opens_at)
) STRICT;

CREATE TABLE reflection (
  id TEXT PRIMARY KEY,
  round_id TEXT NOT NULL REFERENCES round (id) ON DELETE CASCADE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  open_line TEXT CHECK (length(open_line) <= 500),
  started_at TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  submitted_at TEXT,
  UNIQUE (person_id, round_id, revision)
) STRICT;
CREATE INDEX reflection_round ON reflection (round_id);

CREATE TABLE reflection_answer (
  reflection_id TEXT NOT NULL REFERENCES reflection (id) ON DELETE CASCADE,
  item TEXT NOT NULL,
  item_version TEXT NOT NULL,
  value INTEGER CHECK (value BETWEEN 1 AND 5),
  code TEXT CHECK (code IN ('NOT_IN_ASSIGNMENT', 'NOT_MET_YET')),
  answered_at TEXT NOT NULL,
  PRIMARY KEY (reflection_id, item),
  CHECK ((value IS NULL) <> (code IS NULL))
) STRICT;

CREATE TABLE focus (
  reflection_id TEXT NOT NULL REFERENCES reflection (id) ON DELETE CASCADE,
  item TEXT NOT NULL,
  aim TEXT CHECK (length(aim) <= 280),
  PRIMARY KEY (reflection_id, item)
) STRICT;

CREATE TABLE school (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  place TEXT NOT NULL
) STRICT;

CREATE TABLE placement (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id) ON DELETE CASCADE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  starts_on TEXT NOT NULL,
  ends_on TEXT,
  UNIQUE (school_id, person_id, starts_on),
  CHECK (ends_on IS NULL OR ends_on >= starts_on)
) STRICT;
CREATE INDEX placement_person ON placement (person_id);

CREATE TABLE "case" (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  coach_id TEXT NOT NULL REFERENCES person (id),
  school_id TEXT NOT NULL REFERENCES school (id),
  opened_at TEXT NOT NULL,
  closed_at TEXT
) STRICT;
CREATE INDEX case_coach ON "case" (coach_id, opened_at);

CREATE TABLE agreement (
  case_id TEXT PRIMARY KEY REFERENCES "case" (id) ON DELETE CASCADE,
  noted_by TEXT NOT NULL REFERENCES person (id),
  noted_at TEXT NOT NULL,
  withdrawn_at TEXT
) STRICT;

CREATE TABLE informant (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES "case" (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('parent', 'pupil', 'teacher')),
  number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 9),
  UNIQUE (case_id, kind, number)
) STRICT;

CREATE TABLE checkin_link (
  id TEXT PRIMARY KEY,
  informant_id TEXT NOT NULL REFERENCES informant (id) ON DELETE CASCADE,
  form TEXT NOT NULL,
  version TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  declined_at TEXT,
  revoked_at TEXT
) STRICT;
CREATE INDEX checkin_link_informant ON checkin_link (informant_id, created_at);

CREATE TABLE checkin (
  id TEXT PRIMARY KEY,
  link_id TEXT NOT NULL UNIQUE REFERENCES checkin_link (id) ON DELETE CASCADE,
  answered_at TEXT NOT NULL
) STRICT;

CREATE TABLE checkin_answer (
  checkin_id TEXT NOT NULL REFERENCES checkin (id) ON DELETE CASCADE,
  item TEXT NOT NULL,
  item_version TEXT NOT NULL,
  value INTEGER NOT NULL CHECK (value BETWEEN 0 AND 4),
  PRIMARY KEY (checkin_id, item)
) STRICT;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
