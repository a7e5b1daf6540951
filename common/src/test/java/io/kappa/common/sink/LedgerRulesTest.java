package io.kappa.common.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.sink.LedgerRules.Decision;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LedgerRulesTest {

  private static final UUID FIRST_TOKEN = new UUID(0, 1);
  private static final UUID SECOND_TOKEN = new UUID(0, 2);
  private static final Run FIRST = new Run("trips", 1, 1, FIRST_TOKEN);
  private static final Run SECOND = new Run("trips", 1, 2, SECOND_TOKEN);

  @Test
  void theFirstBatchFollowsTheStart() {
    assertThat(
            LedgerRules.decide(FIRST, ledger(FIRST, 0, Link.START), batch(1, 1, "a", Link.START)))
        .isEqualTo(new Decision.Apply());
  }

  @Test
  void aBatchThatNamesTheLastOneIsApplied() {
    assertThat(
            LedgerRules.decide(
                FIRST, ledger(FIRST, 7, link(1, "g")), batch(9, 1, "h", link(1, "g"))))
        .isEqualTo(new Decision.Apply());
  }

  @Test
  void theSameBatchAgainIsAlreadyCommitted() {
    assertThat(
            LedgerRules.decide(
                FIRST, ledger(FIRST, 7, link(1, "g")), batch(7, 1, "g", link(1, "f"))))
        .isEqualTo(new Decision.AlreadyCommitted());
  }

  @Test
  void anOlderBatchOfTheSameRunIsAlreadyCommitted() {
    assertThat(
            LedgerRules.decide(
                FIRST, ledger(FIRST, 7, link(1, "g")), batch(5, 1, "e", link(1, "d"))))
        .isEqualTo(new Decision.AlreadyCommitted());
  }

  @Test
  void whatTheRunBeforeLeftPendingIsAppliedByTheNext() {
    assertThat(
            LedgerRules.decide(
                SECOND, ledger(SECOND, 6, link(1, "f")), batch(7, 1, "g", link(1, "f"))))
        .isEqualTo(new Decision.Apply());
  }

  @Test
  void aReplacedRunIsRefusedEvenWhenItsBatchWouldFollow() {
    Decision decision =
        LedgerRules.decide(FIRST, ledger(SECOND, 7, link(1, "g")), batch(8, 1, "h", link(1, "g")));
    assertThat(decision)
        .isEqualTo(
            new Decision.Refuse(
                "Run 1 of trips version 1 was replaced by run 2, which owns the ledger now;"
                    + " end this one, and run a version once at a time"));
  }

  @Test
  void aRunOfTheSameGenerationWithAnotherTokenIsRefused() {
    Run twin = new Run("trips", 1, 1, SECOND_TOKEN);
    assertThat(
            LedgerRules.decide(
                twin, ledger(FIRST, 7, link(1, "g")), batch(8, 1, "h", link(1, "g"))))
        .isInstanceOf(Decision.Refuse.class);
  }

  @Test
  void aSavepointOlderThanTheLedgerIsRefusedAtItsFirstBatch() {
    Decision decision =
        LedgerRules.decide(SECOND, ledger(SECOND, 9, link(1, "i")), batch(8, 2, "x", link(1, "g")));
    assertThat(decision).isInstanceOf(Decision.Refuse.class);
    assertThat(((Decision.Refuse) decision).cause())
        .startsWith("trips version 1 was restored from a savepoint older than the ledger")
        .contains("`kappa replay trips`");
  }

  @Test
  void aStorePutBackToAnOlderCopyIsRefused() {
    Decision decision =
        LedgerRules.decide(FIRST, ledger(FIRST, 5, link(1, "e")), batch(10, 1, "j", link(1, "i")));
    assertThat(decision).isInstanceOf(Decision.Refuse.class);
    assertThat(((Decision.Refuse) decision).cause())
        .startsWith("The serving store isn't where trips version 1 left it")
        .contains("older copy");
  }

  @Test
  void aRunFromNothingOnALedgerThatHasBegunIsRefused() {
    Decision decision =
        LedgerRules.decide(SECOND, ledger(SECOND, 9, link(1, "i")), batch(1, 2, "x", Link.START));
    assertThat(decision).isInstanceOf(Decision.Refuse.class);
    assertThat(((Decision.Refuse) decision).cause())
        .startsWith("trips version 1 began from nothing");
  }

  @Test
  void twoBatchesThatShareACheckpointIdAreToldApart() {
    assertThat(
            LedgerRules.decide(
                FIRST, ledger(FIRST, 7, link(1, "g")), batch(7, 1, "other", link(1, "f"))))
        .isInstanceOf(Decision.Refuse.class);
  }

  private static Link link(long generation, String name) {
    return new Link(generation, name);
  }

  private static Ledger ledger(Run owner, long checkpoint, Link link) {
    return new Ledger(
        owner.generation(),
        owner.token(),
        checkpoint,
        link,
        new Position(Map.of(), Map.of()),
        false);
  }

  private static Batch batch(long checkpoint, long generation, String name, Link previous) {
    return new Batch(checkpoint, link(generation, name), previous, List.of());
  }
}
