package io.kappa.jobs.recommendations;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Keyed by item: the audience of each, which is its newest users. Every interest goes on to its
 * user, with the word whether the user counts as one of the item's; whoever is pushed out is told.
 */
final class Audiences extends OpenUntilBarrier<Audiences.OpenAudience, Visit>
    implements OneInputStreamOperator<Interest, Visit> {

  static final OutputTag<ItemSize> SIZES =
      new OutputTag<>("sizes", TypeInformation.of(ItemSize.class));

  private final Bounds bounds;
  private transient ValueState<Cells> audiences;

  Audiences(Bounds bounds) {
    super(bounds.open());
    this.bounds = bounds;
  }

  @Override
  public void open() throws Exception {
    super.open();
    audiences =
        getPartitionedState(
            new ValueStateDescriptor<>("audiences", TypeInformation.of(Cells.class)));
  }

  @Override
  public void processElement(StreamRecord<Interest> element) throws Exception {
    Interest interest = element.getValue();
    touch(interest.itemId(), item -> item.add(interest.userId(), interest.at()));
  }

  @Override
  OpenAudience begin() throws Exception {
    Cells before = audiences.value();
    return new OpenAudience(bounds.audience(), before == null ? Cells.NONE : before);
  }

  @Override
  void end(String itemId, OpenAudience item) throws Exception {
    for (Map.Entry<String, Long> user : item.untold.entrySet()) {
      boolean counted = item.users.has(user.getKey());
      output.collect(
          new StreamRecord<>(new Visit(user.getKey(), itemId, user.getValue(), counted)));
    }
    if (item.untold.isEmpty()) {
      return;
    }
    audiences.update(item.users.cells());
    if (item.users.size() != item.before) {
      output.collect(SIZES, new StreamRecord<>(new ItemSize(itemId, item.users.size())));
    }
  }

  /** An item's users, and what they aren't told yet: since when, or how long ago. */
  static final class OpenAudience implements OpenUntilBarrier.Open {

    private final int before;
    private final Newest users;
    private final Map<String, Long> untold = new HashMap<>();

    OpenAudience(int most, Cells before) {
      this.before = before.size();
      this.users = new Newest(most, before);
    }

    void add(String userId, long at) {
      if (users.has(userId) && users.time(userId) >= at) {
        return;
      }
      untold.merge(userId, at, Math::max);
      users.see(userId, at, (pushedOut, time) -> untold.merge(pushedOut, time, Math::max));
    }

    @Override
    public int size() {
      return users.size() + untold.size();
    }
  }
}
