package io.kappa.jobs.newsfeed;

import io.kappa.common.job.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps the newest posts of each user's feed.
 *
 * <p>Deliveries wait on the heap for the barrier: a feed that a hundred posts come to is read and
 * written once, and a post that comes and falls out between two barriers is never sent.
 */
final class Feeds extends AbstractStreamOperator<Change<FeedRow>>
    implements OneInputStreamOperator<Delivery, Change<FeedRow>> {

  /**
   * So many deliveries wait at most, some 40 MB; with more, all feeds they go to are read and
   * written.
   */
  static final int MOST_WAITING = 400_000;

  private final int size;
  private transient ValueState<FeedOrder> order;
  private transient MapState<PostKey, String> texts;
  private transient long watermark;
  private transient Map<String, Map<PostKey, Optional<String>>> waiting;
  private transient int deliveries;
  private transient SharedPosts lately;

  /**
   * @param size how many posts a feed has at most
   */
  Feeds(int size) {
    this.size = size;
  }

  @Override
  public void open() throws Exception {
    super.open();
    order =
        getPartitionedState(
            new ValueStateDescriptor<>("order", TypeInformation.of(FeedOrder.class)));
    texts =
        getPartitionedState(
            new MapStateDescriptor<>("texts", TypeInformation.of(PostKey.class), Types.STRING));
    watermark = Long.MIN_VALUE;
    waiting = new HashMap<>();
    lately = new SharedPosts();
  }

  @Override
  public void processElement(StreamRecord<Delivery> element) throws Exception {
    Delivery delivery = element.getValue();
    PostKey post = delivery.post();
    Optional<String> text = Optional.empty();
    if (delivery.text() != null) {
      PostText shown = lately.of(post, delivery.text());
      post = shown.key();
      text = Optional.of(shown.text());
    }
    for (String userId : delivery.userIds()) {
      waiting.computeIfAbsent(userId, user -> new HashMap<>()).put(post, text);
      if (++deliveries >= MOST_WAITING) {
        flush();
      }
    }
  }

  /** Nothing behind it waits for a watermark, so what is on the heap may stay there. */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark = mark.getTimestamp();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  private void flush() throws Exception {
    for (Map.Entry<String, Map<PostKey, Optional<String>>> user : waiting.entrySet()) {
      setCurrentKey(user.getKey());
      update(user.getKey(), user.getValue());
    }
    waiting.clear();
    deliveries = 0;
  }

  private void update(String userId, Map<PostKey, Optional<String>> changes) throws Exception {
    FeedOrder stored = order.value();
    Feed before = new Feed(stored == null ? List.of() : stored.posts(), size);
    Feed after = before.with(changes);
    Feed.Texts all = post -> before.has(post) ? texts.get(post) : changes.get(post).orElseThrow();
    for (Change<FeedRow> change : after.changesSince(before, userId, all)) {
      output.collect(new StreamRecord<>(change));
    }
    store(before, after.needed(watermark), changes);
  }

  private void store(Feed before, Feed now, Map<PostKey, Optional<String>> changes)
      throws Exception {
    for (PostKey post : before.posts()) {
      if (!now.has(post)) {
        texts.remove(post);
      }
    }
    for (Map.Entry<PostKey, Optional<String>> change : changes.entrySet()) {
      PostKey post = change.getKey();
      if (change.getValue().isPresent() && now.has(post) && !before.has(post)) {
        texts.put(post, change.getValue().get());
      }
    }
    if (now.posts().isEmpty()) {
      order.clear();
    } else if (!now.posts().equals(before.posts())) {
      order.update(FeedOrder.of(now.posts()));
    }
  }
}
