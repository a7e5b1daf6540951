package io.kappa.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.serde.Decoded;
import io.kappa.common.event.serde.Decoded.Reason;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.local.data.GeneratorSettings.Shares;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DamageTest {

  private static final WorldSettings HALF_BROKEN = Worlds.with(Shares.NORMAL.with(0, 0, 0.5));

  @Test
  void noDamagedRecordOfAnyTopicIsStillAnEvent() {
    for (Topic<?> topic : Topics.all()) {
      RecordStream<?> records = World.records(HALF_BROKEN, topic);
      Set<Reason> reasons = EnumSet.noneOf(Reason.class);
      for (int i = 0; i < 5_000; i++) {
        GeneratedRecord<?> record = records.nextRecord();
        Decoded<?> decoded = topic.decoder().decode(record.message().value());
        assertThat(decoded instanceof Decoded.Rejected<?>).isEqualTo(record.broken());
        if (decoded instanceof Decoded.Rejected<?> rejected) {
          reasons.add(rejected.reason());
        }
      }
      EnumSet<Reason> expected = EnumSet.complementOf(EnumSet.of(Reason.TOO_LARGE));
      if (!topic.equals(Topics.ACTIVITY)) {
        expected.remove(Reason.UNKNOWN_KIND);
      }
      assertThat(reasons).as(topic.name()).isEqualTo(expected);
    }
  }

  @Test
  void aDamagedRecordKeepsItsKey() {
    World world = new World(HALF_BROKEN);
    for (int i = 0; i < 20_000; i++) {
      GeneratedRecord<?> record = world.next();
      if (record.broken() && !record.topic().equals(Topics.ACTIVITY)) {
        assertThat(record.message().key()).isNotEmpty();
      }
    }
  }
}
