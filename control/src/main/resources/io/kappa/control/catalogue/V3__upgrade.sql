-- Upgrades: how a version runs changes, its state and tables kept.

CREATE TABLE kappa.upgrade (
  job                text        NOT NULL,
  version            integer     NOT NULL,
  number             integer     NOT NULL CHECK (number > 0),
  stage              text        NOT NULL
    CHECK (stage IN ('STOPPING', 'TRYING', 'GOING_BACK', 'RETURNING', 'DONE', 'BACK', 'STUCK')),
  leg                integer     NOT NULL,
  before_jar_sha256  text        NOT NULL,
  before_jar         text        NOT NULL,
  before_parameters  jsonb       NOT NULL,
  before_parallelism integer     CHECK (before_parallelism > 0),
  after_jar_sha256   text        NOT NULL,
  after_jar          text        NOT NULL,
  after_parameters   jsonb       NOT NULL,
  after_parallelism  integer     CHECK (after_parallelism > 0),
  goal               jsonb,
  why                text,
  last_commit        timestamptz,
  next_commit        timestamptz,
  created_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at           timestamptz,
  PRIMARY KEY (job, version, number),
  FOREIGN KEY (job, version) REFERENCES kappa.version
);
COMMENT ON TABLE kappa.upgrade IS 'Each time a version was stopped with a savepoint to go on with another jar or parallelism';
COMMENT ON COLUMN kappa.upgrade.leg IS 'the leg that it ends';
COMMENT ON COLUMN kappa.upgrade.goal IS 'what the log held when that leg had ended; the changed version has to come there';
COMMENT ON COLUMN kappa.upgrade.why IS 'why the version went back, or is stuck';
COMMENT ON COLUMN kappa.upgrade.last_commit IS 'the last commit before';
COMMENT ON COLUMN kappa.upgrade.next_commit IS 'the first commit seen afterwards';

-- One at a time.
CREATE UNIQUE INDEX one_upgrade ON kappa.upgrade (job, version) WHERE ended_at IS NULL;

COMMENT ON COLUMN kappa.version.jar IS 'where the jar lies that it runs from; an upgrade changes it';
COMMENT ON COLUMN kappa.version.parameters IS 'every parameter; an upgrade may add some, with their defaults';
