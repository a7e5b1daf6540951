package io.kappa.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashedSetTest {

  @Test
  void itHasWhatASetOfTheKeysThemselvesHas() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    HashedSet hashed = new HashedSet();
    Set<List<String>> keys = new HashSet<>();

    for (int each = 0; each < 200_000; each++) {
      String item = "item-" + random.nextInt(300);
      String hour = Integer.toString(random.nextInt(400));
      assertThat(hashed.add(item, hour)).isEqualTo(keys.add(List.of(item, hour)));
    }

    assertThat(hashed.size()).isEqualTo(keys.size());
  }
}
