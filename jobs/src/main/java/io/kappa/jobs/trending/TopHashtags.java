package io.kappa.jobs.trending;

import io.kappa.common.job.Change;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Ranks the tags of each window. Shares are added up on the heap until a barrier or a watermark
 * that ends a window, so a window is ranked anew once then, and not with each post.
 */
final class TopHashtags extends AbstractStreamOperator<Change<TopHashtag>>
    implements OneInputStreamOperator<TagShare, Change<TopHashtag>>,
        Triggerable<Integer, VoidNamespace> {

  /** So many shares are held open at most, some 10 MB; with more, all are written at once. */
  static final int MOST_OPEN = 50_000;

  private final int ranks;
  private transient MapState<String, Long> posts;
  private transient ValueState<Ranking> ranking;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient Map<Integer, Map<String, Long>> open;
  private transient int openShares;
  private transient long over;

  /**
   * @param ranks how many tags of a window have one
   */
  TopHashtags(int ranks) {
    this.ranks = ranks;
  }

  @Override
  public void open() throws Exception {
    super.open();
    posts = getPartitionedState(new MapStateDescriptor<>("posts", Types.STRING, Types.LONG));
    ranking =
        getPartitionedState(
            new ValueStateDescriptor<>("ranking", TypeInformation.of(Ranking.class)));
    timers = getInternalTimerService("windows", VoidNamespaceSerializer.INSTANCE, this);
    open = new HashMap<>();
    over = Long.MIN_VALUE;
  }

  @Override
  public void processElement(StreamRecord<TagShare> element) throws Exception {
    TagShare share = element.getValue();
    Map<String, Long> window = open.get(share.window());
    if (window == null) {
      requireOngoing(share.window());
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, Buckets.last(share.window()));
      window = new HashMap<>();
      open.put(share.window(), window);
    }
    window.merge(share.tag(), share.posts(), Long::sum);
    if (++openShares >= MOST_OPEN) {
      flush();
    }
  }

  private void requireOngoing(int window) {
    if (Buckets.last(window) <= timers.currentWatermark()) {
      throw new IllegalStateException(
          "The window that ended at %s got another share, but the watermark is %s already; a share was overtaken"
              .formatted(
                  Instant.ofEpochMilli(Buckets.windowEnd(window)),
                  Instant.ofEpochMilli(timers.currentWatermark())));
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    long nowOver = Buckets.lastOver(mark.getTimestamp());
    if (nowOver != over) {
      flush();
      over = nowOver;
    }
    super.processWatermark(mark);
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  private void flush() throws Exception {
    for (Map.Entry<Integer, Map<String, Long>> window : open.entrySet()) {
      setCurrentKey(window.getKey());
      rank(window.getKey(), added(window.getValue()));
    }
    open.clear();
    openShares = 0;
  }

  /** Writes the shares down; gives all posts of each tag that got one. */
  private Map<String, Long> added(Map<String, Long> shares) throws Exception {
    Map<String, Long> grown = new HashMap<>();
    for (Map.Entry<String, Long> share : shares.entrySet()) {
      Long before = posts.get(share.getKey());
      long now = (before == null ? 0 : before) + share.getValue();
      posts.put(share.getKey(), now);
      grown.put(share.getKey(), now);
    }
    return grown;
  }

  private void rank(int window, Map<String, Long> grown) throws Exception {
    Ranking stored = ranking.value();
    Ranking before = stored == null ? Ranking.NONE : stored;
    Ranking after = before.with(grown, ranks);
    ranking.update(after);
    for (TopHashtag changed : after.changesSince(before, window)) {
      output.collect(new StreamRecord<>(Change.upsert(changed)));
    }
  }

  /** The window is over: no post of it can come any more. */
  @Override
  public void onEventTime(InternalTimer<Integer, VoidNamespace> timer) {
    posts.clear();
    ranking.clear();
  }

  @Override
  public void onProcessingTime(InternalTimer<Integer, VoidNamespace> timer) {
    throw new IllegalStateException("No timer of processing time is ever set here");
  }
}
