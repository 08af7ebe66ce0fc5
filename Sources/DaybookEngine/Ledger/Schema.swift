/// The tables. A step is never changed once it has been released; a new one is added.
enum Schema {
  /// ASCII "DBLG" and "DBAC": `file` and SQLite's own tools tell whose database it is.
  static let ledgerID: Int32 = 0x4442_4C47
  static let accountsID: Int32 = 0x4442_4143

  /// `ledger.sqlite`: what is known of every day, and the windows. All of it can be made again
  /// from the archive.
  static let ledger = [
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;

    CREATE TABLE account (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      provider TEXT NOT NULL,
      removed INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    -- first and last: rows exist for the days between them. Counts are kept in the commit that
    -- changes a row, so that nobody ever counts rows.
    CREATE TABLE stream (
      account INTEGER NOT NULL, stream INTEGER NOT NULL, name TEXT NOT NULL,
      first INTEGER, last INTEGER, verify_cursor INTEGER,
      n_missing INTEGER NOT NULL DEFAULT 0, n_open INTEGER NOT NULL DEFAULT 0,
      n_final INTEGER NOT NULL DEFAULT 0, n_confirmed INTEGER NOT NULL DEFAULT 0,
      n_refused INTEGER NOT NULL DEFAULT 0, n_beyond INTEGER NOT NULL DEFAULT 0,
      n_failing INTEGER NOT NULL DEFAULT 0, n_damaged INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (account, stream)
    ) WITHOUT ROWID, STRICT;

    -- day: days since 1970. Moments: seconds since 1970. class: 0 forced, 1 urgent, 2 fresh,
    -- 3 backfill; null: nothing to do now, or next_at says when.
    CREATE TABLE day (
      account INTEGER NOT NULL, stream INTEGER NOT NULL, day INTEGER NOT NULL,
      state INTEGER NOT NULL, class INTEGER, next_at INTEGER,
      attempts INTEGER NOT NULL DEFAULT 0, reason TEXT,
      reads INTEGER NOT NULL DEFAULT 0, equal_since INTEGER, read_at INTEGER,
      fetched_at INTEGER, size INTEGER, items INTEGER, zone INTEGER, sha256 BLOB, digest BLOB,
      PRIMARY KEY (account, stream, day)
    ) WITHOUT ROWID, STRICT;
    CREATE INDEX ready ON day (account, class, day DESC, stream)
      WHERE class IS NOT NULL AND next_at IS NULL;
    CREATE INDEX waiting ON day (account, next_at) WHERE next_at IS NOT NULL;

    CREATE TABLE zone (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    -- owner: a:NAME of an account or c:NAME of a client.
    CREATE TABLE window (
      owner TEXT NOT NULL, name TEXT NOT NULL, state BLOB NOT NULL, PRIMARY KEY (owner, name)
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE etag (
      account INTEGER NOT NULL, stream INTEGER NOT NULL, day INTEGER NOT NULL, value TEXT NOT NULL,
      PRIMARY KEY (account, stream, day)
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE version (
      account INTEGER NOT NULL, stream INTEGER NOT NULL, day INTEGER NOT NULL,
      fetched_at INTEGER NOT NULL, sha256 BLOB NOT NULL, size INTEGER NOT NULL,
      PRIMARY KEY (account, stream, day, fetched_at)
    ) WITHOUT ROWID, STRICT;
    -- What an index has listed: the first day of a month, or a day.
    CREATE TABLE listed (
      account INTEGER NOT NULL, stream INTEGER NOT NULL, day INTEGER NOT NULL,
      PRIMARY KEY (account, stream, day)
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE resync (
      id INTEGER PRIMARY KEY, account INTEGER NOT NULL, asked_at INTEGER NOT NULL,
      total INTEGER NOT NULL, done INTEGER NOT NULL DEFAULT 0,
      changed INTEGER NOT NULL DEFAULT 0, refused INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE resync_day (
      account INTEGER NOT NULL, stream INTEGER NOT NULL, day INTEGER NOT NULL,
      resync INTEGER NOT NULL, PRIMARY KEY (account, stream, day, resync)
    ) WITHOUT ROWID, STRICT;
    """,
    // Until when it is known what has changed at the provider.
    "ALTER TABLE stream ADD COLUMN changes_at INTEGER;",
  ]

  /// `accounts.sqlite`: what cannot be made again. Never copied automatically: an old copy would
  /// bring back a refresh token that is spent.
  static let accounts = [
    """
    CREATE TABLE account (
      name TEXT PRIMARY KEY,
      provider TEXT NOT NULL,
      person TEXT,
      first_day INTEGER,
      zone TEXT,
      synced_at INTEGER,
      facts_at INTEGER,
      paused_at INTEGER,
      sealed_at INTEGER,
      seal_reason TEXT,
      sign_in_reason TEXT
    ) WITHOUT ROWID, STRICT;
    -- intent_at: a refresh was about to be sent, and its answer is not stored yet.
    CREATE TABLE grant_ (
      account TEXT PRIMARY KEY,
      access TEXT NOT NULL,
      refresh TEXT,
      received_at INTEGER NOT NULL,
      life INTEGER,
      scopes TEXT NOT NULL,
      previous_refresh TEXT,
      proven INTEGER NOT NULL,
      generation INTEGER NOT NULL,
      intent_at INTEGER,
      answer BLOB
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;
    """,
    // How long the sign-in lasts, and the warnings of its end that were given.
    """
    ALTER TABLE grant_ ADD COLUMN begun INTEGER;
    ALTER TABLE grant_ ADD COLUMN ends INTEGER;
    ALTER TABLE grant_ ADD COLUMN ends_told INTEGER NOT NULL DEFAULT 0;
    """,
    // The id of the key that encrypts access, refresh, previous_refresh and answer; null: none does.
    "ALTER TABLE grant_ ADD COLUMN key TEXT;",
  ]
}
