package io.kappa.jobs.activitymetrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventKeyTest {

  private static final int USER_HASH = 814072205;
  private static final int HASH = 2069546362;

  @ParameterizedTest
  @CsvSource({"u1, 7, u, 17", ", u7, u, 7", "ö, 1, o, 1", ", 1, '', 1"})
  void whatIsntTheSameEventHasAnotherKey(String user, String id, String otherUser, String otherId) {
    assertThat(EventKey.of(user, id)).isNotEqualTo(EventKey.of(otherUser, otherId));
    assertThat(EventKey.of(user, id)).isEqualTo(EventKey.of(user, id));
  }

  @Test
  void aListFindsWhatWasPutIn() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    KeyList list = KeyList.empty();
    List<EventKey> put = new ArrayList<>();
    List<String> users = Arrays.asList(null, "ann", "a", "", "x".repeat(127), "ö".repeat(100));
    for (int i = 0; i < 200; i++) {
      EventKey key = EventKey.of(users.get(random.nextInt(6)), "y".repeat(random.nextInt(300)));
      boolean isThere = put.contains(key);

      assertThat(list.find(key) == KeyList.FOUND).as("%s, seed %d", key, seed).isEqualTo(isThere);

      if (!isThere) {
        list.add(key, random.nextBoolean());
        put.add(key);
      }
      list = random.nextInt(5) == 0 ? new KeyList(list.bytes()) : list;
    }
    List<EventKey> held = new ArrayList<>();
    list.forEach(held::add);
    assertThat(held).as("seed %d", seed).isEqualTo(put);
  }

  @Test
  void keysOfAUserCountThatAreNotThereForTheirId() {
    KeyList list = KeyList.empty();
    list.add(EventKey.of("ann", "1"), false);
    list.add(EventKey.of("ann", "2"), true);
    list.add(EventKey.of("annie", "3"), false);
    list.add(EventKey.of(null, "4"), true);

    assertThat(list.find(EventKey.of("ann", "9"))).isEqualTo(1);
    assertThat(list.find(EventKey.of("bob", "9"))).isZero();
    assertThat(list.find(EventKey.of(null, "9"))).isZero();
    assertThat(list.find(EventKey.of("ann", "2"))).isEqualTo(KeyList.FOUND);
  }

  /** Where state is depends on them; with others a restored job would take copies for new. */
  @Test
  void hashesStayWhatTheyWere() {
    assertThat(EventKey.of("ann", "id").userHash()).isEqualTo(USER_HASH);
    assertThat(EventKey.of("ann", "id").hash()).isEqualTo(HASH);
    assertThat(EventKey.of("ann", "other").userHash()).isEqualTo(USER_HASH);
  }
}
