-- The lifecycle of versions: legs, comparisons, leases, and what is done with a version.

ALTER TABLE kappa.version
  ADD COLUMN purpose            text    NOT NULL DEFAULT 'LAUNCH'
    CHECK (purpose IN ('LAUNCH', 'REPLAY', 'VERIFY')),
  ADD COLUMN baseline           integer,
  ADD COLUMN to_fence_only      boolean NOT NULL DEFAULT false,
  ADD COLUMN rate               bigint  NOT NULL DEFAULT 0 CHECK (rate >= 0),
  ADD COLUMN replay_parallelism integer CHECK (replay_parallelism > 0),
  ADD COLUMN replay_state       text    NOT NULL DEFAULT 'hashmap',
  ADD COLUMN live_parallelism   integer CHECK (live_parallelism > 0),
  ADD COLUMN attached           boolean NOT NULL DEFAULT true,
  ADD COLUMN failure            text,
  ADD COLUMN ended_at           timestamptz,
  ADD COLUMN drop_after         timestamptz,
  ADD COLUMN dropped_at         timestamptz;
COMMENT ON COLUMN kappa.version.purpose IS
  'LAUNCH: a job''s first version; REPLAY: a candidate; VERIFY: the live version again, to compare only';
COMMENT ON COLUMN kappa.version.baseline IS 'the version it is compared with, live when it was created';
COMMENT ON COLUMN kappa.version.to_fence_only IS 'it stays at its fence until told otherwise';
COMMENT ON COLUMN kappa.version.rate IS 'records a second that a fenced leg may read at most; 0 without limit';
COMMENT ON COLUMN kappa.version.attached IS 'the contract views have a branch for it';
COMMENT ON COLUMN kappa.version.failure IS 'why it is FAILED';
COMMENT ON COLUMN kappa.version.drop_after IS 'when the tables of a version that is over may go';
COMMENT ON COLUMN kappa.version.dropped_at IS 'when they went';

-- One candidate a job at a time.
CREATE UNIQUE INDEX one_candidate ON kappa.version (job)
 WHERE purpose <> 'LAUNCH' AND phase NOT IN ('LIVE', 'STANDBY', 'RETIRED', 'ABORTED');

CREATE TABLE kappa.leg (
  job                 text        NOT NULL,
  version             integer     NOT NULL,
  number              integer     NOT NULL CHECK (number > 0),
  start               jsonb       NOT NULL,
  fence               jsonb,
  restore_from        text,
  parallelism         integer     CHECK (parallelism > 0),
  state_backend       text        NOT NULL,
  checkpoint_interval text        NOT NULL,
  stop_attempts       integer     NOT NULL DEFAULT 0,
  savepoint           text,
  created_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at            timestamptz,
  PRIMARY KEY (job, version, number),
  FOREIGN KEY (job, version) REFERENCES kappa.version
);
COMMENT ON TABLE kappa.leg IS 'One way of a version through the log, from a start to a fence or without end';
COMMENT ON COLUMN kappa.leg.start IS 'topic -> partition -> next offset at which its source begins';
COMMENT ON COLUMN kappa.leg.fence IS 'the frontier at which it halts without ending; NULL: it has no end';
COMMENT ON COLUMN kappa.leg.restore_from IS 'the savepoint of the leg before; NULL: it begins from nothing';
COMMENT ON COLUMN kappa.leg.stop_attempts IS 'how often it was asked to stop with a savepoint';
COMMENT ON COLUMN kappa.leg.savepoint IS 'where it ended';

INSERT INTO kappa.leg (job, version, number, start, state_backend, checkpoint_interval)
SELECT job, version, 1, start, 'rocksdb', '1s' FROM kappa.version;

ALTER TABLE kappa.run ADD COLUMN leg integer NOT NULL DEFAULT 1;

CREATE TABLE kappa.comparison (
  id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job          text        NOT NULL,
  version      integer     NOT NULL,
  leg          integer     NOT NULL,
  baseline     integer     NOT NULL,
  frontier     jsonb       NOT NULL,
  expectations text        NOT NULL,
  expected_by  text        NOT NULL,
  verdict      text        NOT NULL CHECK (verdict IN ('PASS', 'FAIL', 'UNDECIDED')),
  report       jsonb       NOT NULL,
  compared_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  FOREIGN KEY (job, version) REFERENCES kappa.version
);
COMMENT ON TABLE kappa.comparison IS 'What was found when a candidate was held against its baseline; the newest counts';
COMMENT ON COLUMN kappa.comparison.frontier IS 'the fence at which both stood';
COMMENT ON COLUMN kappa.comparison.expectations IS 'SHA-256 of the expectations that it was judged by; empty: none';
COMMENT ON COLUMN kappa.comparison.expected_by IS 'where they came from: jar, or a file';

CREATE TABLE kappa.lease (
  job     text        NOT NULL,
  version integer     NOT NULL,
  holder  text        NOT NULL,
  token   uuid        NOT NULL,
  until   timestamptz NOT NULL,
  PRIMARY KEY (job, version),
  FOREIGN KEY (job, version) REFERENCES kappa.version
);
COMMENT ON TABLE kappa.lease IS 'Who drives a version on; another may when the time is over';

-- A reader whose snapshot is older than the view it reads: loud rather than an empty answer.
CREATE FUNCTION kappa.refuse_detached(job text) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RAISE EXCEPTION 'the version of % that this transaction began with was detached meanwhile', job
    USING HINT = 'begin a new transaction', ERRCODE = 'object_not_in_prerequisite_state';
END
$$;
COMMENT ON FUNCTION kappa.refuse_detached IS
  'What a contract view does where the pointer shows a version that the view has no branch for';

GRANT SELECT ON kappa.leg TO kappa_job;
GRANT EXECUTE ON FUNCTION kappa.refuse_detached TO kappa_reader;

-- Its being in every contract view would keep PostgreSQL from reading them with several workers.
ALTER FUNCTION kappa.refuse_detached PARALLEL SAFE;
