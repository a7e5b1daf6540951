package io.kappa.jobs.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What {@link Newest} keeps. */
class NewestTest {

  @RepeatedTest(50)
  void whateverTheOrderTheNewestAreKept(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int most = 1 + random.nextInt(8);
    Map<String, Long> latest = new HashMap<>();
    Newest newest = new Newest(most, Cells.NONE);
    for (int i = 0; i < 200; i++) {
      String id = "id" + random.nextInt(15);
      long time = random.nextInt(40);
      latest.merge(id, time, Math::max);
      newest.see(id, time, (gone, when) -> {});
      if (random.nextInt(10) == 0) {
        newest = new Newest(most, newest.cells());
      }
    }

    assertThat(asMap(newest.cells())).isEqualTo(best(latest, most));
  }

  private static Map<String, Long> best(Map<String, Long> latest, int most) {
    List<Map.Entry<String, Long>> all = new ArrayList<>(latest.entrySet());
    all.sort(
        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    return all.stream()
        .limit(most)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map<String, Long> asMap(Cells cells) {
    Map<String, Long> map = new TreeMap<>();
    for (int i = 0; i < cells.size(); i++) {
      map.put(cells.ids()[i], cells.values()[i]);
    }
    return map;
  }

  @Test
  void whoIsPushedOutIsNamed() {
    Newest newest = new Newest(2, Cells.NONE);
    List<String> gone = new ArrayList<>();
    Newest.Leaving leaving = (id, time) -> gone.add(id + " of " + time);

    newest.see("b", 7, leaving);
    newest.see("a", 7, leaving);
    newest.see("c", 7, leaving);
    newest.see("c", 8, leaving);
    newest.see("b", 6, leaving);

    assertThat(gone).containsExactly("b of 7");
    assertThat(asMap(newest.cells())).isEqualTo(Map.of("a", 7L, "c", 8L));
  }

  @Test
  void theStateItWasOpenedFromIsNeverChanged() {
    Newest first = new Newest(3, Cells.NONE);
    first.see("a", 1, (id, time) -> {});
    first.see("b", 2, (id, time) -> {});
    first.see("c", 3, (id, time) -> {});
    Cells state = first.cells();

    Newest second = new Newest(3, state);
    second.see("d", 4, (id, time) -> {});
    second.see("b", 9, (id, time) -> {});

    assertThat(asMap(state)).isEqualTo(Map.of("a", 1L, "b", 2L, "c", 3L));
  }
}
