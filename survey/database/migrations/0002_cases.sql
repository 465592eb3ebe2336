ALTER TABLE "case" ADD COLUMN profile TEXT NOT NULL DEFAULT 'kansencoach';
ALTER TABLE "case" ADD COLUMN kind TEXT NOT NULL DEFAULT 'pupil'
  CHECK (kind IN ('pupil', 'group', 'teacher', 'team'));
ALTER TABLE "case" ADD COLUMN signalled_by TEXT
  CHECK (signalled_by IN ('teacher', 'parents', 'ib', 'coach', 'other'));
ALTER TABLE "case" ADD COLUMN signalled_on TEXT;
ALTER TABLE "case" ADD COLUMN theme TEXT;
CREATE INDEX case_school ON "case" (school_id) WHERE closed_at IS NULL;

-- One row each time the parents' answers are noted; at most one of a case is in force.
-- The earlier notes did not say who agreed, so those that were in force are noted again.
ALTER TABLE agreement RENAME TO agreement_before;
CREATE TABLE agreement (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES "case" (id) ON DELETE CASCADE,
  age_band TEXT NOT NULL CHECK (age_band IN ('under_12', '12_to_15')),
  first_parent TEXT CHECK (first_parent IN ('yes', 'no')),
  second_parent TEXT CHECK (second_parent IN ('yes', 'no', 'not_applicable')),
  pupil TEXT CHECK (pupil IN ('yes', 'no')),
  agreed_on TEXT NOT NULL,
  noted_by TEXT NOT NULL REFERENCES person (id),
  noted_at TEXT NOT NULL,
  ended_at TEXT,
  ended_because TEXT CHECK (ended_because IN ('withdrawn', 'noted_again', 'handed_over', 'to_confirm')),
  CHECK (pupil IS NULL OR age_band = '12_to_15'),
  CHECK ((ended_at IS NULL) = (ended_because IS NULL))
) STRICT;
INSERT INTO agreement
SELECT case_id, case_id, 'under_12', 'yes', 'yes', NULL, substr(noted_at, 1, 10), noted_by, noted_at,
  coalesce(withdrawn_at, noted_at), CASE WHEN withdrawn_at IS NULL THEN 'to_confirm' ELSE 'withdrawn' END
FROM agreement_before;
DROP TABLE agreement_before;
CREATE UNIQUE INDEX agreement_in_force ON agreement (case_id) WHERE ended_at IS NULL;
CREATE INDEX agreement_case ON agreement (case_id, noted_at);

-- The one home of the rule: the cases in which a pupil may be asked.
CREATE VIEW agreed_case AS
SELECT case_id FROM agreement
WHERE ended_at IS NULL AND first_parent = 'yes' AND second_parent IN ('yes', 'not_applicable')
  AND (age_band = 'under_12' OR pupil = 'yes');

CREATE TABLE talk (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES "case" (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('meeting', 'home_visit', 'phone', 'online', 'observation', 'incident')),
  state TEXT NOT NULL CHECK (state IN ('planned', 'done', 'cancelled')),
  day TEXT NOT NULL,
  starts_at TEXT,
  noted_at TEXT NOT NULL
) STRICT;
CREATE INDEX talk_case ON talk (case_id, day);

CREATE TABLE talk_with (
  talk_id TEXT NOT NULL REFERENCES talk (id) ON DELETE CASCADE,
  who TEXT NOT NULL,
  PRIMARY KEY (talk_id, who)
) STRICT;

CREATE TABLE talk_agreed (
  talk_id TEXT NOT NULL REFERENCES talk (id) ON DELETE CASCADE,
  choice TEXT NOT NULL,
  PRIMARY KEY (talk_id, choice)
) STRICT;

-- In which talk the answers to a check were talked about.
CREATE TABLE talk_check (
  link_id TEXT PRIMARY KEY REFERENCES checkin_link (id) ON DELETE CASCADE,
  talk_id TEXT NOT NULL REFERENCES talk (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX talk_check_talk ON talk_check (talk_id);

-- Every private line of a coach: about a talk, a hint, the end of a case, or one of the lines of a coaching cycle.
CREATE TABLE note (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES "case" (id) ON DELETE CASCADE,
  place TEXT NOT NULL
    CHECK (place IN ('talk', 'hint', 'closing', 'question', 'own_share', 'new_behaviour')),
  about TEXT NOT NULL DEFAULT '',
  line TEXT NOT NULL CHECK (length(line) BETWEEN 1 AND 280),
  written_by TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  written_at TEXT NOT NULL,
  UNIQUE (case_id, place, about)
) STRICT;
CREATE INDEX note_written ON note (written_at);

ALTER TABLE informant ADD COLUMN goal TEXT;
ALTER TABLE informant ADD COLUMN stopped_at TEXT;
ALTER TABLE checkin_link ADD COLUMN talk_id TEXT REFERENCES talk (id) ON DELETE SET NULL;
CREATE INDEX checkin_link_talk ON checkin_link (talk_id) WHERE talk_id IS NOT NULL;
ALTER TABLE checkin_link ADD COLUMN goal TEXT;
ALTER TABLE checkin_link ADD COLUMN dose_reason TEXT;
ALTER TABLE checkin_link ADD COLUMN decline_reason TEXT;

CREATE TABLE goal_answer (
  checkin_id TEXT PRIMARY KEY REFERENCES checkin (id) ON DELETE CASCADE,
  goal TEXT NOT NULL,
  value INTEGER NOT NULL CHECK (value BETWEEN 0 AND 10)
) STRICT;

-- The card someone keeps: it opens whatever they are asked. A new one ends the one before.
CREATE TABLE card (
  id TEXT PRIMARY KEY,
  informant_id TEXT NOT NULL REFERENCES informant (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
  created_at TEXT NOT NULL,
  revoked_at TEXT
) STRICT;
CREATE UNIQUE INDEX card_in_force ON card (informant_id) WHERE revoked_at IS NULL;

-- A hint follows from the answers; what is stored is what was done with it, under the link it stands on.
CREATE TABLE hint_talk (
  link_id TEXT NOT NULL REFERENCES checkin_link (id) ON DELETE CASCADE,
  rule TEXT NOT NULL,
  agreed TEXT NOT NULL,
  talked_by TEXT NOT NULL REFERENCES person (id),
  talked_at TEXT NOT NULL,
  PRIMARY KEY (link_id, rule)
) STRICT;

CREATE TABLE scale_decision (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES "case" (id) ON DELETE CASCADE,
  considered TEXT NOT NULL CHECK (considered IN ('intervision', 'ib', 'scale_up')),
  decision TEXT NOT NULL CHECK (decision IN ('up', 'down', 'stay')),
  reason TEXT NOT NULL,
  decided_by TEXT NOT NULL REFERENCES person (id),
  decided_at TEXT NOT NULL
) STRICT;
CREATE INDEX scale_decision_case ON scale_decision (case_id, decided_at);

-- Thresholds re-estimated from the programme's own pairs; without a row those in the questionnaires hold.
CREATE TABLE hint_threshold (
  respondent TEXT NOT NULL CHECK (respondent IN ('parent', 'pupil', 'teacher')),
  family TEXT NOT NULL CHECK (family IN ('relationship', 'wellbeing')),
  version INTEGER NOT NULL CHECK (version >= 2),
  threshold_after_one INTEGER NOT NULL,
  threshold INTEGER NOT NULL,
  item_after_one INTEGER NOT NULL CHECK (item_after_one BETWEEN 1 AND 4),
  item_threshold INTEGER NOT NULL CHECK (item_threshold BETWEEN 1 AND 4),
  sd REAL NOT NULL CHECK (sd > 0),
  pairs INTEGER NOT NULL CHECK (pairs >= 100),
  rates TEXT NOT NULL,
  in_force_from TEXT NOT NULL,
  PRIMARY KEY (respondent, family, version),
  CHECK (CASE family WHEN 'relationship' THEN threshold BETWEEN 3 AND 5 AND threshold_after_one BETWEEN 3 AND 5
    ELSE threshold BETWEEN 4 AND 7 AND threshold_after_one BETWEEN 4 AND 7 END)
) STRICT;

CREATE TABLE phase_entry (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES "case" (id) ON DELETE CASCADE,
  phase TEXT NOT NULL,
  entered_on TEXT NOT NULL,
  noted_at TEXT NOT NULL
) STRICT;
CREATE INDEX phase_entry_case ON phase_entry (case_id, entered_on);

CREATE TABLE factor_level (
  case_id TEXT NOT NULL REFERENCES "case" (id) ON DELETE CASCADE,
  level TEXT NOT NULL,
  examined_on TEXT NOT NULL,
  PRIMARY KEY (case_id, level)
) STRICT;

CREATE TABLE case_closing (
  case_id TEXT PRIMARY KEY REFERENCES "case" (id) ON DELETE CASCADE,
  outcome TEXT NOT NULL CHECK (outcome IN ('goal_reached', 'scaled_up', 'scaled_down', 'moved', 'stopped')),
  reason TEXT,
  helped TEXT,
  closed_by TEXT NOT NULL REFERENCES person (id)
) STRICT;

CREATE TABLE handover (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES "case" (id) ON DELETE CASCADE,
  from_id TEXT NOT NULL REFERENCES person (id),
  to_id TEXT NOT NULL REFERENCES person (id),
  handed_by TEXT NOT NULL REFERENCES person (id),
  handed_at TEXT NOT NULL
) STRICT;
CREATE INDEX handover_case ON handover (case_id, handed_at);
CREATE INDEX handover_from ON handover (from_id, handed_at);

-- A session whose device is in someone else's hands: nothing opens until the coach's code is given.
ALTER TABLE session ADD COLUMN lock_hash TEXT;
ALTER TABLE session ADD COLUMN lock_misses INTEGER NOT NULL DEFAULT 0;
-- Where the coach goes on once the code was right.
ALTER TABLE session ADD COLUMN lock_back TEXT;

-- The address of a respondent is forgotten together with the text, once the mail has left or never will.
ALTER TABLE outbox ADD COLUMN forgets_recipient INTEGER NOT NULL DEFAULT 0 CHECK (forgets_recipient IN (0, 1));
-- The link a mail is about: once that waits no more, the mail is not sent either.
ALTER TABLE outbox ADD COLUMN about TEXT;
CREATE INDEX outbox_about ON outbox (about) WHERE sent_at IS NULL AND about IS NOT NULL;
