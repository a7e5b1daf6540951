-- The catalogue: all that Kappa remembers about versions, in the serving store itself.
-- Runs as the owner; the roles kappa_job and kappa_reader exist.

CREATE TABLE kappa.version (
  job             text        NOT NULL,
  version         integer     NOT NULL CHECK (version > 0),
  schema_name     text        NOT NULL UNIQUE,
  phase           text        NOT NULL,
  jar_sha256      text        NOT NULL,
  jar             text        NOT NULL,
  parameters      jsonb       NOT NULL,
  start           jsonb       NOT NULL,
  log_end         jsonb       NOT NULL DEFAULT '{}',
  topic_ids       jsonb       NOT NULL,
  max_parallelism integer     NOT NULL,
  truncated       boolean     NOT NULL DEFAULT false,
  created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (job, version)
);
COMMENT ON TABLE kappa.version IS 'One run lineage of a job: jar, parameters, pinned start. Never reused';
COMMENT ON COLUMN kappa.version.start IS 'topic -> partition -> first offset, as pinned at launch';
COMMENT ON COLUMN kappa.version.log_end IS
  'topic -> partition -> log end when the start was pinned; a first version lives once it has come this far';
COMMENT ON COLUMN kappa.version.topic_ids IS 'topic -> topic id, as pinned at launch';
COMMENT ON COLUMN kappa.version.truncated IS 'the log had lost its head when this version was pinned';

CREATE TABLE kappa.run (
  job          text        NOT NULL,
  version      integer     NOT NULL,
  generation   bigint      NOT NULL,
  token        uuid        NOT NULL,
  flink_job_id text,
  started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  failure      text,
  failed_at    timestamptz,
  PRIMARY KEY (job, version, generation),
  FOREIGN KEY (job, version) REFERENCES kappa.version
);
COMMENT ON TABLE kappa.run IS 'Each time a version was submitted to Flink; the newest generation owns the ledger';
COMMENT ON COLUMN kappa.run.failure IS 'why this run stopped for good, with its remedy';

CREATE TABLE kappa.ledger (
  job           text    NOT NULL,
  version       integer NOT NULL,
  generation    bigint  NOT NULL DEFAULT 0,
  token         uuid,
  checkpoint_id bigint  NOT NULL DEFAULT 0,
  link          text    NOT NULL DEFAULT '',
  frontier      jsonb   NOT NULL,
  counts        jsonb   NOT NULL,
  committed_at  timestamptz,
  PRIMARY KEY (job, version),
  FOREIGN KEY (job, version) REFERENCES kappa.version
);
COMMENT ON TABLE kappa.ledger IS 'The last committed checkpoint of each version, and its frontier';
COMMENT ON COLUMN kappa.ledger.generation IS 'the run that owns this row; raised when a run takes over';
COMMENT ON COLUMN kappa.ledger.token IS 'fencing token of the run that owns this row';
COMMENT ON COLUMN kappa.ledger.link IS 'random name of the last committed batch; the next one must name it';
COMMENT ON COLUMN kappa.ledger.frontier IS 'topic -> partition -> next offset';
COMMENT ON COLUMN kappa.ledger.counts IS
  'topic -> partition -> {applied, filtered, quarantined, gaps}: records since the start';

CREATE TABLE kappa.pointer (
  job        text   PRIMARY KEY,
  live       integer,
  generation bigint NOT NULL DEFAULT 0
);
COMMENT ON TABLE kappa.pointer IS 'Which version readers see; the generation is raised by each switch';

CREATE TABLE kappa.audit (
  id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor   text        NOT NULL,
  job     text        NOT NULL,
  version integer,
  event   text        NOT NULL,
  detail  jsonb       NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE kappa.audit IS 'Who did what, when';

CREATE VIEW kappa.freshness AS
SELECT p.job,
       p.live                      AS version,
       l.frontier,
       l.committed_at,
       l.checkpoint_id             AS checkpoint,
       coalesce(c.applied, 0)      AS applied,
       coalesce(c.filtered, 0)     AS filtered,
       coalesce(c.quarantined, 0)  AS quarantined
  FROM kappa.pointer p
  JOIN kappa.ledger l ON l.job = p.job AND l.version = p.live
  LEFT JOIN LATERAL (
    SELECT sum((n.value ->> 'applied')::bigint)::bigint     AS applied,
           sum((n.value ->> 'filtered')::bigint)::bigint    AS filtered,
           sum((n.value ->> 'quarantined')::bigint)::bigint AS quarantined
      FROM jsonb_each(l.counts) t, jsonb_each(t.value) n
  ) c ON true;
COMMENT ON VIEW kappa.freshness IS 'How far what readers see has come: the live version''s frontier and counts';

GRANT USAGE ON SCHEMA kappa TO kappa_job, kappa_reader;
GRANT SELECT ON kappa.version, kappa.ledger TO kappa_job;
GRANT UPDATE ON kappa.ledger TO kappa_job;
GRANT SELECT, INSERT, UPDATE ON kappa.run TO kappa_job;
GRANT SELECT ON kappa.freshness TO kappa_reader;
-- The contract views look the pointer up as whoever owns them, so readers need not see it.
