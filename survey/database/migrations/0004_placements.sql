-- Names of schools repeat over municipalities; what tells schools apart is BRIN number and branch.
CREATE TABLE school_before AS SELECT id, name, place FROM school;
DROP TABLE school;
CREATE TABLE school (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  place TEXT NOT NULL,
  brin TEXT CHECK (length(brin) = 4),
  branch TEXT NOT NULL DEFAULT '00' CHECK (length(branch) = 2),
  board TEXT NOT NULL DEFAULT '',
  municipality TEXT NOT NULL DEFAULT '',
  street TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  -- Whether coaches can be placed here; of a list with every school of the country most never take part.
  takes_part INTEGER NOT NULL DEFAULT 1 CHECK (takes_part IN (0, 1)),
  closed_on TEXT
) STRICT;
INSERT INTO school (id, name, place) SELECT id, name, place FROM school_before;
DROP TABLE school_before;
CREATE UNIQUE INDEX school_branch ON school (brin, branch) WHERE brin IS NOT NULL;
CREATE UNIQUE INDEX school_without_brin ON school (name, place) WHERE brin IS NULL;
CREATE INDEX school_municipality ON school (municipality) WHERE takes_part = 1;

-- Programmes for a good climate at school that it works with, such as one for peaceful play.
CREATE TABLE school_climate (
  school_id TEXT NOT NULL REFERENCES school (id) ON DELETE CASCADE,
  programme TEXT NOT NULL CHECK (length(programme) BETWEEN 1 AND 80),
  PRIMARY KEY (school_id, programme)
) STRICT;

-- Counted on 1 October of the school year.
CREATE TABLE school_count (
  school_id TEXT NOT NULL REFERENCES school (id) ON DELETE CASCADE,
  school_year TEXT NOT NULL CHECK (school_year LIKE '____-____'),
  pupils INTEGER CHECK (pupils BETWEEN 0 AND 5000),
  weighting REAL CHECK (weighting BETWEEN 0 AND 100),
  PRIMARY KEY (school_id, school_year)
) STRICT;

-- A place for a coach at a school in a period of one school year. `person_id` is whoever fills it, or the
-- candidate; nobody while it is vacant. Without `ends_on` it runs until it is ended or continued.
ALTER TABLE placement RENAME TO placement_before;
CREATE TABLE placement (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  school_year TEXT NOT NULL CHECK (school_year LIKE '____-____'),
  person_id TEXT REFERENCES person (id),
  status TEXT NOT NULL CHECK (status IN (
    'wanted', 'click_conversation', 'agreed', 'active', 'paused', 'vacant_funded', 'vacant_unfunded', 'ended')),
  starts_on TEXT NOT NULL,
  ends_on TEXT,
  employer TEXT NOT NULL DEFAULT '' CHECK (length(employer) <= 120),
  click_on TEXT,
  -- Hours a week. For a vacant funded place the agreed hours are what is still paid for.
  hours_agreed REAL CHECK (hours_agreed BETWEEN 0 AND 40),
  agreed_because TEXT,
  agreed_note TEXT NOT NULL DEFAULT '' CHECK (length(agreed_note) <= 280),
  hours_needed REAL CHECK (hours_needed BETWEEN 0 AND 40),
  needed_because TEXT,
  needed_note TEXT NOT NULL DEFAULT '' CHECK (length(needed_note) <= 280),
  -- What coach and school wish for the next school year.
  wish TEXT CHECK (wish IN ('continue', 'more_hours', 'fewer_hours', 'other_role', 'stop')),
  wish_note TEXT NOT NULL DEFAULT '' CHECK (length(wish_note) <= 280),
  end_reason TEXT,
  -- The place this one goes on from: a vacancy after a leave, or the same place a year later.
  follows TEXT REFERENCES placement (id) ON DELETE SET NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  CHECK (ends_on IS NULL OR ends_on >= starts_on),
  CHECK (starts_on >= substr(school_year, 1, 4) || '-08-01' AND starts_on <= substr(school_year, 6, 4) || '-07-31'),
  CHECK (ends_on IS NULL OR ends_on <= substr(school_year, 6, 4) || '-07-31'),
  CHECK (status NOT IN ('active', 'paused', 'agreed') OR person_id IS NOT NULL),
  CHECK (status NOT IN ('vacant_funded', 'vacant_unfunded', 'wanted') OR person_id IS NULL),
  CHECK (status <> 'ended' OR ends_on IS NOT NULL)
) STRICT;
WITH RECURSIVE years(first) AS (SELECT 2015 UNION ALL SELECT first + 1 FROM years WHERE first < 2060),
stretch AS (
  SELECT placement_before.*, first,
    max(starts_on, first || '-08-01') AS begins,
    CASE WHEN ends_on IS NOT NULL AND ends_on <= (first + 1) || '-07-31' THEN ends_on
      WHEN ends_on IS NULL AND (first + 1) || '-07-31' >= date('now') THEN NULL
      ELSE (first + 1) || '-07-31' END AS until
  FROM placement_before JOIN years
    ON starts_on <= (first + 1) || '-07-31'
    AND coalesce(ends_on, max(starts_on, date('now'))) >= first || '-08-01'
)
INSERT INTO placement (id, school_id, school_year, person_id, status, starts_on, ends_on, end_reason)
SELECT CASE WHEN begins = starts_on THEN id ELSE lower(hex(randomblob(16))) END, school_id,
  first || '-' || (first + 1), person_id,
  CASE WHEN until IS NULL OR until >= date('now') THEN 'active' ELSE 'ended' END, begins, until,
  CASE WHEN until = (first + 1) || '-07-31' AND until < date('now') THEN 'end_of_school_year' END
FROM stretch;
DROP TABLE placement_before;
CREATE INDEX placement_person ON placement (person_id);
CREATE INDEX placement_year ON placement (school_year, school_id);
CREATE INDEX placement_follows ON placement (follows);

-- The one home of the rule: which coach works at which school on which days.
CREATE VIEW works_at AS
SELECT school_id, person_id, starts_on, ends_on FROM placement
WHERE person_id IS NOT NULL AND status IN ('active', 'paused', 'ended');

-- What was changed of a placement, field by field.
CREATE TABLE placement_change (
  id TEXT PRIMARY KEY,
  placement_id TEXT NOT NULL REFERENCES placement (id) ON DELETE CASCADE,
  at TEXT NOT NULL,
  changed_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  field TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX placement_change_placement ON placement_change (placement_id, at);

-- Hours a week that were used in a month, as the coach wrote them down.
CREATE TABLE hours_log (
  placement_id TEXT NOT NULL REFERENCES placement (id) ON DELETE CASCADE,
  month TEXT NOT NULL CHECK (month LIKE '____-__'),
  hours REAL NOT NULL CHECK (hours BETWEEN 0 AND 40),
  noted_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  noted_at TEXT NOT NULL,
  PRIMARY KEY (placement_id, month)
) STRICT;

-- What school, parents, coach and partners agree at the start. A new version replaces a signed one.
CREATE TABLE start_agreement (
  id TEXT PRIMARY KEY,
  placement_id TEXT NOT NULL REFERENCES placement (id) ON DELETE CASCADE,
  version INTEGER NOT NULL CHECK (version >= 1),
  state TEXT NOT NULL CHECK (state IN ('draft', 'asked', 'signed', 'replaced')),
  -- The profile whose roles and tasks were weighed: those that were not chosen follow from it.
  profile TEXT NOT NULL,
  profile_version TEXT NOT NULL,
  talked_on TEXT,
  review_on TEXT,
  -- When to look back at the end, as it was agreed half-way.
  again_on TEXT,
  made_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  made_at TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  signed_at TEXT,
  revision INTEGER NOT NULL DEFAULT 1,
  UNIQUE (placement_id, version)
) STRICT;
CREATE UNIQUE INDEX start_agreement_open ON start_agreement (placement_id) WHERE state IN ('draft', 'asked');

-- Chosen keys by what they are: partners present, points of the checklist, roles, tasks.
CREATE TABLE start_choice (
  agreement_id TEXT NOT NULL REFERENCES start_agreement (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('partner', 'checklist', 'role', 'task')),
  key TEXT NOT NULL,
  PRIMARY KEY (agreement_id, kind, key)
) STRICT;

-- Lines by prompt: what school and parents ask, how the coach is introduced, what the coach will not do.
CREATE TABLE start_line (
  agreement_id TEXT NOT NULL REFERENCES start_agreement (id) ON DELETE CASCADE,
  prompt TEXT NOT NULL,
  words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 500),
  PRIMARY KEY (agreement_id, prompt)
) STRICT;

CREATE TABLE intended_yield (
  id TEXT PRIMARY KEY,
  agreement_id TEXT NOT NULL REFERENCES start_agreement (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  category TEXT NOT NULL,
  wanted TEXT NOT NULL CHECK (length(wanted) BETWEEN 1 AND 280),
  noticed_by TEXT NOT NULL DEFAULT '' CHECK (length(noticed_by) <= 280),
  UNIQUE (agreement_id, position)
) STRICT;

CREATE TABLE yield_review (
  yield_id TEXT NOT NULL REFERENCES intended_yield (id) ON DELETE CASCADE,
  moment TEXT NOT NULL CHECK (moment IN ('halfway', 'end')),
  word TEXT NOT NULL CHECK (word IN ('seen', 'partly', 'not_yet')),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 280),
  reviewed_on TEXT NOT NULL,
  noted_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  noted_at TEXT NOT NULL,
  PRIMARY KEY (yield_id, moment)
) STRICT;

-- Somebody asked to sign a version by link: a function, and the name they sign with.
CREATE TABLE start_signature (
  id TEXT PRIMARY KEY,
  agreement_id TEXT NOT NULL REFERENCES start_agreement (id) ON DELETE CASCADE,
  partner TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
  expires_at TEXT NOT NULL,
  name TEXT CHECK (length(name) BETWEEN 1 AND 120),
  signed_at TEXT,
  remark TEXT NOT NULL DEFAULT '' CHECK (length(remark) <= 500),
  remarked_at TEXT,
  revoked_at TEXT
) STRICT;
CREATE INDEX start_signature_agreement ON start_signature (agreement_id);

-- "What if": hours and coaches over schools for a school year, within a budget of hours a week.
CREATE TABLE hours_plan (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  school_year TEXT NOT NULL CHECK (school_year LIKE '____-____'),
  budget INTEGER NOT NULL CHECK (budget BETWEEN 0 AND 400000),
  made_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  made_at TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  adopted_at TEXT,
  UNIQUE (school_year, name)
) STRICT;

-- In quarters of an hour, so that sums are exact; what no line holds is still to be divided.
CREATE TABLE hours_plan_line (
  id TEXT PRIMARY KEY,
  plan_id TEXT NOT NULL REFERENCES hours_plan (id) ON DELETE CASCADE,
  school_id TEXT NOT NULL REFERENCES school (id),
  person_id TEXT REFERENCES person (id),
  quarters INTEGER NOT NULL CHECK (quarters BETWEEN 0 AND 160)
) STRICT;
CREATE UNIQUE INDEX hours_plan_place ON hours_plan_line (plan_id, school_id, coalesce(person_id, ''));

CREATE TABLE hours_plan_role (
  line_id TEXT NOT NULL REFERENCES hours_plan_line (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  PRIMARY KEY (line_id, role)
) STRICT;

-- Evaluation: windows never overlap; who is asked is kept apart from what was answered.
CREATE TABLE evaluation_window (
  id TEXT PRIMARY KEY,
  school_year TEXT NOT NULL CHECK (school_year LIKE '____-____'),
  opens_at TEXT NOT NULL,
  closes_at TEXT NOT NULL,
  made_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  made_at TEXT NOT NULL,
  -- When its tree was laid down, when it was announced, and when its answers were unsealed and counted.
  laid_at TEXT,
  opened_at TEXT,
  counted_at TEXT,
  -- Sealed with the key of this window: tells whether the key is still the same.
  seal TEXT,
  UNIQUE (opens_at),
  CHECK (closes_at > opens_at)
) STRICT;

CREATE TABLE evaluation_form (
  window_id TEXT NOT NULL REFERENCES evaluation_window (id) ON DELETE CASCADE,
  form TEXT NOT NULL,
  version TEXT NOT NULL,
  PRIMARY KEY (window_id, form)
) STRICT;

-- The one tree of a window: programme, clusters, coaches. Laid down before the first answer.
CREATE TABLE evaluation_node (
  id TEXT PRIMARY KEY,
  window_id TEXT NOT NULL REFERENCES evaluation_window (id) ON DELETE CASCADE,
  parent_id TEXT REFERENCES evaluation_node (id),
  level TEXT NOT NULL CHECK (level IN ('programme', 'cluster', 'coach')),
  label TEXT NOT NULL,
  person_id TEXT REFERENCES person (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX evaluation_node_window ON evaluation_node (window_id);

-- One person asked at one school. `answered` has no time; of anonymous forms nothing else is known here.
CREATE TABLE evaluation_invitation (
  id TEXT PRIMARY KEY,
  window_id TEXT NOT NULL REFERENCES evaluation_window (id) ON DELETE CASCADE,
  form TEXT NOT NULL,
  school_id TEXT REFERENCES school (id),
  way TEXT NOT NULL CHECK (way IN ('mail', 'card')),
  token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
  -- A keyed hash of their address: which invitations are of one person, also when the address is forgotten.
  person_code TEXT NOT NULL CHECK (length(person_code) = 64),
  -- Of named forms only: who answers, as the form says.
  name TEXT CHECK (length(name) BETWEEN 1 AND 120),
  -- For a reminder; emptied once answered, stopped or closed.
  address TEXT,
  asked_at TEXT NOT NULL,
  reminded_at TEXT,
  -- Late: goes on from an invitation of an earlier window that nobody answered.
  follows TEXT REFERENCES evaluation_invitation (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX evaluation_invitation_follows ON evaluation_invitation (follows);
CREATE UNIQUE INDEX evaluation_invitation_person
  ON evaluation_invitation (window_id, form, coalesce(school_id, ''), person_code);

-- Addresses that asked for no more mail about the evaluation: keyed hashes, so that none is kept.
CREATE TABLE evaluation_silence (
  person_code TEXT PRIMARY KEY CHECK (length(person_code) = 64)
) STRICT;

-- About which coaches an invitation asks, and whether that was answered; about nobody for the whole programme.
CREATE TABLE evaluation_about (
  invitation_id TEXT NOT NULL REFERENCES evaluation_invitation (id) ON DELETE CASCADE,
  node_id TEXT NOT NULL REFERENCES evaluation_node (id) ON DELETE CASCADE,
  answered INTEGER NOT NULL DEFAULT 0 CHECK (answered IN (0, 1)),
  PRIMARY KEY (invitation_id, node_id)
) STRICT;

-- While a window is open: anonymous answers, sealed and all of one length. Emptied when it is counted.
CREATE TABLE sealed_ballot (
  id TEXT PRIMARY KEY,
  window_id TEXT NOT NULL REFERENCES evaluation_window (id) ON DELETE CASCADE,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sealed_ballot_window ON sealed_ballot (window_id);

-- After closing: written in one shuffled batch, under random keys, with no time, language or invitation.
-- `respondent` only says which ballots are of one person.
CREATE TABLE ballot (
  id TEXT PRIMARY KEY,
  window_id TEXT NOT NULL REFERENCES evaluation_window (id) ON DELETE CASCADE,
  form TEXT NOT NULL,
  node_id TEXT NOT NULL REFERENCES evaluation_node (id),
  respondent TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ballot_window ON ballot (window_id, form);

CREATE TABLE ballot_answer (
  ballot_id TEXT NOT NULL REFERENCES ballot (id) ON DELETE CASCADE,
  item TEXT NOT NULL,
  item_version TEXT NOT NULL,
  value INTEGER CHECK (value BETWEEN 0 AND 4),
  code TEXT CHECK (code IN ('CANNOT_JUDGE')),
  PRIMARY KEY (ballot_id, item),
  CHECK ((value IS NULL) <> (code IS NULL))
) STRICT, WITHOUT ROWID;

-- Open lines of anonymous forms, apart from the choices: nobody can tell which ballot they came with.
CREATE TABLE ballot_line (
  id TEXT PRIMARY KEY,
  window_id TEXT NOT NULL REFERENCES evaluation_window (id) ON DELETE CASCADE,
  form TEXT NOT NULL,
  words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 200),
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'kept', 'left_out')),
  redacted TEXT CHECK (length(redacted) BETWEEN 1 AND 200),
  CHECK ((state = 'kept') = (redacted IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- Named answers of an internal supervisor or director about the own coach: for that coach and the lead.
CREATE TABLE named_answer (
  invitation_id TEXT NOT NULL,
  node_id TEXT NOT NULL,
  item TEXT NOT NULL,
  item_version TEXT NOT NULL,
  value INTEGER CHECK (value BETWEEN 0 AND 4),
  code TEXT CHECK (code IN ('CANNOT_JUDGE')),
  PRIMARY KEY (invitation_id, node_id, item),
  FOREIGN KEY (invitation_id, node_id) REFERENCES evaluation_about (invitation_id, node_id) ON DELETE CASCADE,
  CHECK ((value IS NULL) <> (code IS NULL))
) STRICT;

CREATE TABLE named_line (
  invitation_id TEXT NOT NULL,
  node_id TEXT NOT NULL,
  words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 200),
  PRIMARY KEY (invitation_id, node_id),
  FOREIGN KEY (invitation_id, node_id) REFERENCES evaluation_about (invitation_id, node_id) ON DELETE CASCADE
) STRICT;

-- When the coach talked about a named form with the one who filled it in.
CREATE TABLE named_talk (
  invitation_id TEXT NOT NULL,
  node_id TEXT NOT NULL,
  talked_on TEXT NOT NULL,
  noted_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  PRIMARY KEY (invitation_id, node_id),
  FOREIGN KEY (invitation_id, node_id) REFERENCES evaluation_about (invitation_id, node_id) ON DELETE CASCADE
) STRICT;

-- What is published of one form of a window: numbers of groups as everyone sees them. Written once.
CREATE TABLE evaluation_release (
  id TEXT PRIMARY KEY,
  window_id TEXT NOT NULL REFERENCES evaluation_window (id),
  form TEXT NOT NULL,
  version TEXT NOT NULL,
  released_at TEXT NOT NULL,
  released_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  content TEXT NOT NULL,
  UNIQUE (window_id, form)
) STRICT;

-- Lines in own words of an anonymous form as a person redacted them, published together. Written once.
CREATE TABLE evaluation_lines (
  window_id TEXT NOT NULL REFERENCES evaluation_window (id),
  form TEXT NOT NULL,
  published_at TEXT NOT NULL,
  published_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (window_id, form)
) STRICT;

-- "You said, we did": plain words of the lead after a release, and in the languages of respondents.
CREATE TABLE said_done (
  id TEXT PRIMARY KEY,
  window_id TEXT NOT NULL REFERENCES evaluation_window (id),
  form TEXT NOT NULL,
  position INTEGER NOT NULL,
  published_at TEXT,
  made_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  UNIQUE (window_id, form, position)
) STRICT;

CREATE TABLE said_done_words (
  said_done_id TEXT NOT NULL REFERENCES said_done (id) ON DELETE CASCADE,
  language TEXT NOT NULL,
  said TEXT NOT NULL CHECK (length(said) BETWEEN 1 AND 200),
  done TEXT NOT NULL CHECK (length(done) BETWEEN 1 AND 200),
  PRIMARY KEY (said_done_id, language)
) STRICT;

-- An advice for a school, or for the whole programme, at the end of a school year.
CREATE TABLE advice (
  id TEXT PRIMARY KEY,
  school_id TEXT REFERENCES school (id),
  school_year TEXT NOT NULL CHECK (school_year LIKE '____-____'),
  made_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  made_at TEXT NOT NULL,
  choice TEXT CHECK (choice IN ('continue', 'more_hours', 'fewer_hours', 'other_role', 'analysis')),
  -- What belongs to the choice: hours a week, the day before which to talk, with which partners (keys).
  choice_hours REAL CHECK (choice_hours BETWEEN 0 AND 100000),
  choice_on TEXT,
  choice_with TEXT NOT NULL DEFAULT '',
  find_coach INTEGER NOT NULL DEFAULT 0 CHECK (find_coach IN (0, 1)),
  chosen_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  chosen_at TEXT,
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  revision INTEGER NOT NULL DEFAULT 1,
  signed_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  signed_as TEXT,
  signed_at TEXT,
  CHECK (signed_at IS NULL OR (signed_as IS NOT NULL AND choice IS NOT NULL AND reason <> ''))
) STRICT;
CREATE UNIQUE INDEX advice_place ON advice (coalesce(school_id, ''), school_year);

-- Sentence by sentence: `key` names the template, none for one a person wrote, and `about` what it speaks of: a
-- placement, a yield, a statement. `fields`, `n`, `period` and `source` are what it was made of; `drafted` is how
-- it read before a person changed it.
CREATE TABLE advice_sentence (
  id TEXT PRIMARY KEY,
  advice_id TEXT NOT NULL REFERENCES advice (id) ON DELETE CASCADE,
  section TEXT NOT NULL,
  position INTEGER NOT NULL,
  key TEXT,
  about TEXT NOT NULL DEFAULT '',
  words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 2000),
  drafted TEXT,
  fields TEXT,
  n TEXT,
  period TEXT,
  source TEXT,
  changed_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  changed_at TEXT,
  left_out_at TEXT,
  CHECK (key IS NOT NULL OR changed_at IS NOT NULL)
) STRICT;
CREATE INDEX advice_sentence_advice ON advice_sentence (advice_id, section, position);
CREATE UNIQUE INDEX advice_sentence_once ON advice_sentence (advice_id, key, about) WHERE key IS NOT NULL;

-- Who moved a meeting or called it off knows of that. It goes on again since `resumed_at`.
ALTER TABLE event ADD COLUMN changed_by TEXT REFERENCES person (id) ON DELETE SET NULL;
ALTER TABLE event ADD COLUMN resumed_at TEXT;

-- An address that waits; until it counts, the old one signs in and can refuse it.
CREATE TABLE address_change (
  person_id TEXT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
  email TEXT NOT NULL,
  asked_by TEXT REFERENCES person (id) ON DELETE SET NULL,
  asked_at TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64)
) STRICT;

-- SEM within persons, re-estimated from the programme's own pairs of rounds; without a row the published one
-- holds, version 1. `items`: of how many items a score of these pairs was the mean.
CREATE TABLE sem_version (
  profile TEXT NOT NULL,
  measure TEXT NOT NULL CHECK (measure IN ('attitude', 'skills', 'knowledge', 'total')),
  version INTEGER NOT NULL CHECK (version >= 2),
  value REAL NOT NULL CHECK (value > 0),
  pairs INTEGER NOT NULL CHECK (pairs >= 100),
  items INTEGER NOT NULL CHECK (items >= 1),
  valid_from TEXT NOT NULL,
  PRIMARY KEY (profile, measure, version)
) STRICT;
