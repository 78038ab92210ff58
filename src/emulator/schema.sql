-- A change here raises schema_version in store.cpp.
-- Times are microseconds since 1970 in UTC; documents and lists are JSON text.
CREATE TABLE IF NOT EXISTS team (
  team_id       TEXT PRIMARY KEY,
  models        TEXT NOT NULL,
  endpoints     TEXT NOT NULL,
  blocked       INTEGER NOT NULL,
  out_of_credit INTEGER NOT NULL,
  billing       TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS management_key (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  secret   TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS api_key (
  sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
  api_key_id  TEXT NOT NULL UNIQUE,
  secret      TEXT NOT NULL UNIQUE,
  team_id     TEXT NOT NULL,
  user_id     TEXT NOT NULL,
  modified_by TEXT NOT NULL,
  name        TEXT NOT NULL,
  acls        TEXT NOT NULL,
  create_time INTEGER NOT NULL,
  modify_time INTEGER NOT NULL,
  expire_time INTEGER,
  qps         INTEGER,
  qpm         INTEGER,
  tpm         INTEGER,
  disabled    INTEGER NOT NULL,
  blocked     INTEGER NOT NULL,
  secret_time INTEGER NOT NULL
) STRICT;

-- What rotation and deletion left behind: these work, beside a key's own secret, until their time.
CREATE TABLE IF NOT EXISTS old_secret (
  secret      TEXT PRIMARY KEY,
  api_key_id  TEXT NOT NULL,
  secret_time INTEGER NOT NULL,
  expire_time INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS old_secret_by_key ON old_secret (api_key_id);

-- The order of listings: newest first, and the later made of two in one instant before the other.
CREATE INDEX IF NOT EXISTS api_key_by_age ON api_key (team_id, create_time DESC, sequence DESC);

-- What keys were like before a change, and when it was made: for lists that lag behind.
CREATE TABLE IF NOT EXISTS past_api_key (
  version     INTEGER PRIMARY KEY AUTOINCREMENT,
  sequence    INTEGER NOT NULL,
  api_key_id  TEXT NOT NULL,
  secret      TEXT NOT NULL,
  team_id     TEXT NOT NULL,
  user_id     TEXT NOT NULL,
  modified_by TEXT NOT NULL,
  name        TEXT NOT NULL,
  acls        TEXT NOT NULL,
  create_time INTEGER NOT NULL,
  modify_time INTEGER NOT NULL,
  expire_time INTEGER,
  qps         INTEGER,
  qpm         INTEGER,
  tpm         INTEGER,
  disabled    INTEGER NOT NULL,
  blocked     INTEGER NOT NULL,
  secret_time INTEGER NOT NULL,
  end_time    INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS past_api_key_by_end ON past_api_key (team_id, end_time);

-- What people did, for the team's audit log. Users are not kept: an id stands for each.
CREATE TABLE IF NOT EXISTS audit_event (
  sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
  team_id     TEXT NOT NULL,
  time        INTEGER NOT NULL,
  event_id    TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  user_id     TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS audit_event_by_time ON audit_event (team_id, time, sequence);

-- What really happened, written in the transaction that did it.
CREATE TABLE IF NOT EXISTS ledger (
  sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
  time       INTEGER NOT NULL,
  operation  TEXT NOT NULL,
  api_key_id TEXT NOT NULL,
  name       TEXT NOT NULL
) STRICT;
