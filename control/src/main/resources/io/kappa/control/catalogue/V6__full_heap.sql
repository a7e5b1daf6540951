-- A run whose state doesn't fit into memory stops reading before it fails, and its version goes on with state on disk.

ALTER TABLE kappa.run ADD COLUMN heap_full_at timestamptz;
COMMENT ON COLUMN kappa.run.heap_full_at IS 'when it stopped reading because the memory was nearly full of state';
