package io.kappa.common.sink;

/**
 * What is done with a batch, given the ledger: a pure decision, taken while the ledger's row is
 * locked.
 */
final class LedgerRules {

  private LedgerRules() {}

  /** What is done with a batch. */
  sealed interface Decision {

    /** Its rows are applied and the ledger goes on to it. */
    record Apply() implements Decision {}

    /** It was applied before: there is nothing to do. */
    record AlreadyCommitted() implements Decision {}

    /** Applying it would be wrong, now and for ever: the run has to stop. */
    record Refuse(String cause) implements Decision {}
  }

  static Decision decide(Run run, Ledger ledger, Batch batch) {
    if (!owns(run, ledger)) {
      return new Decision.Refuse(fenced(run, ledger));
    }
    if (isCommitted(ledger, batch)) {
      return new Decision.AlreadyCommitted();
    }
    if (!follows(ledger, batch)) {
      return new Decision.Refuse(broken(run, ledger, batch));
    }
    return new Decision.Apply();
  }

  /** The fencing token: only the newest run of a version may write. */
  static boolean owns(Run run, Ledger ledger) {
    return ledger.generation() == run.generation() && run.token().equals(ledger.token());
  }

  /**
   * The ledger check. Batches of one run are ordered by their checkpoint, runs by their generation;
   * one that is older than the ledger's last is in it, or was left behind, and then the chain
   * tells.
   */
  static boolean isCommitted(Ledger ledger, Batch batch) {
    if (batch.link().equals(ledger.link())) {
      return true;
    }
    long committed = ledger.link().generation();
    long made = batch.link().generation();
    return made < committed || (made == committed && batch.checkpoint() < ledger.checkpoint());
  }

  /** The chain check: a batch goes on from the one that was committed last. */
  static boolean follows(Ledger ledger, Batch batch) {
    return batch.previous().equals(ledger.link());
  }

  private static String fenced(Run run, Ledger ledger) {
    return ("Run %d of %s version %d was replaced by run %d, which owns the ledger now; "
            + "end this one, and run a version once at a time")
        .formatted(run.generation(), run.job(), run.version(), ledger.generation());
  }

  private static String broken(Run run, Ledger ledger, Batch batch) {
    String who = "%s version %d".formatted(run.job(), run.version());
    String remedy = "replay into a new version with `kappa replay %s`".formatted(run.job());
    if (batch.previous().equals(Link.START)) {
      return ("%s began from nothing at checkpoint %d, but the ledger is at checkpoint %d; start it from"
              + " its newest checkpoint, or %s")
          .formatted(who, batch.checkpoint(), ledger.checkpoint(), remedy);
    }
    if (ledger.checkpoint() >= batch.checkpoint()) {
      return ("%s was restored from a savepoint older than the ledger: it is at checkpoint %d, the ledger"
              + " at %d; start it from its newest checkpoint, or %s")
          .formatted(who, batch.checkpoint(), ledger.checkpoint(), remedy);
    }
    return ("The serving store isn't where %s left it: checkpoint %d follows one that the ledger, at"
            + " checkpoint %d, doesn't hold; the store was put back to an older copy, or changed by"
            + " somebody else; %s")
        .formatted(who, batch.checkpoint(), ledger.checkpoint(), remedy);
  }
}
