-- The bulk path: a candidate's changes are appended on its first leg, and its tables are made of them at the fence.

ALTER TABLE kappa.ledger ADD COLUMN bulk boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN kappa.ledger.bulk IS 'what was committed stands in the staging tables; the tables are made of it at the fence';
