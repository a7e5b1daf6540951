-- A first version reads what the log holds already as a replay does, and lives afterwards: how, has to be kept until then.

ALTER TABLE kappa.version
  ADD COLUMN live_state    text NOT NULL DEFAULT 'rocksdb',
  ADD COLUMN live_interval text NOT NULL DEFAULT '1s';
COMMENT ON COLUMN kappa.version.live_state IS 'the state backend of its last leg';
COMMENT ON COLUMN kappa.version.live_interval IS 'the checkpoint interval of its last leg, as Flink writes it';
