package io.kappa.jobs.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** {@link Cells}, {@link Sums} and {@link Halves}: how numbers are added up by id. */
class CellsTest {

  @RepeatedTest(50)
  void sumsAddUpAndZerosAreGone(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    TreeMap<String, Long> expected = new TreeMap<>();
    Cells state = Cells.NONE;
    for (int round = 0; round < 10; round++) {
      Sums sums = new Sums();
      for (int i = random.nextInt(60); i > 0; i--) {
        String id = "id" + random.nextInt(40);
        int value = random.nextInt(5) - 2;
        sums.add(id, value);
        expected.merge(id, (long) value, Long::sum);
      }
      state = state.plus(sums);
    }

    expected.values().removeIf(value -> value == 0);
    assertThat(state.ids()).containsExactly(expected.keySet().toArray(new String[0]));
    assertThat(state.values())
        .containsExactly(expected.values().stream().mapToLong(Long::longValue).toArray());
  }

  @Test
  void twoAreComparedIdById() {
    Cells before = new Cells(new String[] {"a", "b", "d"}, new long[] {1, 2, 4});
    Cells after = new Cells(new String[] {"b", "c", "d"}, new long[] {2, 3, 5});
    List<String> steps = new ArrayList<>();

    Cells.compare(before, after, (id, was, is) -> steps.add(id + " " + was + " " + is));

    assertThat(steps).containsExactly("a 1 0", "b 2 2", "c 0 3", "d 4 5");
  }

  @Test
  void aCellIsFoundByItsId() {
    Cells cells = new Cells(new String[] {"a", "b", "d"}, new long[] {1, 2, 4});

    assertThat(Map.of("b", cells.value("b"), "c", cells.value("c")))
        .isEqualTo(Map.of("b", 2L, "c", 0L));
  }

  @RepeatedTest(50)
  void theHalvesOfASumAreTheSumsOfTheHalves(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int high = 0;
    int low = 0;
    long both = 0;
    for (int i = 0; i < 20; i++) {
      int more = random.nextInt(2_000_000) - 1_000_000;
      int less = random.nextInt(20_000) - 10_000;
      both += Halves.of(more, less);
      high += more;
      low += less;
    }

    assertThat(List.of(Halves.high(both), Halves.low(both))).isEqualTo(List.of(high, low));
  }
}
