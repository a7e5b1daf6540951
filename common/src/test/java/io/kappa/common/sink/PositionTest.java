package io.kappa.common.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.common.log.Progress;
import io.kappa.common.sink.Position.Counts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PositionTest {

  private static final Position BEFORE =
      new Position(
          Map.of("rides", Map.of(0, 10L, 1, 4L)),
          Map.of("rides", Map.of(0, new Counts(5, 3, 1, 1), 1, new Counts(0, 0, 0, 0))));

  @Test
  void aPartitionThatMovedTakesItsCountsAlong() {
    Position after = BEFORE.advance(List.of(new Progress("rides", 0, 13, 7, 3, 2, 1)));
    assertThat(after)
        .isEqualTo(
            new Position(
                Map.of("rides", Map.of(0, 13L, 1, 4L)),
                Map.of("rides", Map.of(0, new Counts(7, 3, 2, 1), 1, new Counts(0, 0, 0, 0)))));
  }

  @Test
  void aRecordThatWasNotAccountedForIsRefused() {
    assertThatThrownBy(() -> BEFORE.advance(List.of(new Progress("rides", 0, 14, 7, 3, 2, 1))))
        .isInstanceOf(LedgerConflictException.class)
        .hasMessageContaining("from offset 10 to 14, but 3 records were accounted for");
  }

  @Test
  void goingBackwardsIsRefusedThoughTheSumsAgree() {
    assertThatThrownBy(() -> BEFORE.advance(List.of(new Progress("rides", 0, 9, 4, 3, 1, 1))))
        .isInstanceOf(LedgerConflictException.class);
  }

  @Test
  void aPartitionThatTheLedgerDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> BEFORE.advance(List.of(new Progress("rides", 2, 1, 1, 0, 0, 0))))
        .isInstanceOf(LedgerConflictException.class)
        .hasMessageContaining("partition 2 of topic rides");
  }

  @Test
  void itReadsWhatItWrote() {
    assertThat(Position.parse(BEFORE.frontierJson(), BEFORE.countsJson())).isEqualTo(BEFORE);
  }

  @Test
  void theFrontierIsWrittenAsTopicPartitionNextOffset() {
    assertThat(BEFORE.frontierJson()).isEqualTo("{\"rides\":{\"0\":10,\"1\":4}}");
  }
}
