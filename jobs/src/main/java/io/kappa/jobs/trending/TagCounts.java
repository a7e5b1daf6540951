package io.kappa.jobs.trending;

import io.kappa.common.job.Change;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Counts posts and authors of a tag by the five minutes, each once.
 *
 * <p>What was touched since the last barrier, or watermark that ended five minutes, is held open on
 * the heap, and then written to state and sent on: a tag that a thousand posts use costs one row,
 * and twelve shares of windows.
 */
final class TagCounts extends AbstractStreamOperator<Change<HashtagBucket>>
    implements OneInputStreamOperator<TaggedPost, Change<HashtagBucket>>,
        Triggerable<String, Integer> {

  static final OutputTag<TagShare> SHARES =
      new OutputTag<>("shares", TypeInformation.of(TagShare.class));

  /** So many tags' buckets are held open at most, some 5 MB; with more, all are written at once. */
  static final int MOST_OPEN = 20_000;

  /** The current tag's state of one bucket. */
  @FunctionalInterface
  private interface OfBucket<S> {
    S at(int bucket) throws Exception;
  }

  private record Cell(String tag, int bucket) {}

  private record Touched(BucketCount before, BucketCount now) {}

  private final long minAuthors;
  private transient OfBucket<ValueState<BucketCount>> counts;
  private transient OfBucket<MapState<String, Boolean>> posts;
  private transient OfBucket<MapState<String, Boolean>> authors;
  private transient InternalTimerService<Integer> timers;
  private transient Map<Cell, Touched> open;
  private transient long over;

  /**
   * @param minAuthors a tag's bucket counts once it has so many different authors
   */
  TagCounts(long minAuthors) {
    this.minAuthors = minAuthors;
  }

  @Override
  public void open() throws Exception {
    super.open();
    counts = ofBucket(new ValueStateDescriptor<>("counts", TypeInformation.of(BucketCount.class)));
    posts = ofBucket(new MapStateDescriptor<>("posts", Types.STRING, Types.BOOLEAN));
    authors = ofBucket(new MapStateDescriptor<>("authors", Types.STRING, Types.BOOLEAN));
    timers = getInternalTimerService("buckets", IntSerializer.INSTANCE, this);
    open = new HashMap<>();
    over = Long.MIN_VALUE;
  }

  /** State of the current tag under the bucket's number, so that a bucket can be dropped whole. */
  private <S extends State> OfBucket<S> ofBucket(StateDescriptor<S, ?> descriptor)
      throws Exception {
    getOrCreateKeyedState(IntSerializer.INSTANCE, descriptor); // so that it's in every savepoint
    return bucket -> getPartitionedState(bucket, IntSerializer.INSTANCE, descriptor);
  }

  @Override
  public void processElement(StreamRecord<TaggedPost> element) throws Exception {
    TaggedPost post = element.getValue();
    Cell cell = new Cell(post.tag(), post.bucket());
    Touched touched = open.get(cell);
    if (touched == null) {
      touched = touch(cell);
    }
    boolean newPost = isNew(posts.at(cell.bucket()), post.postId());
    boolean newAuthor = isNew(authors.at(cell.bucket()), post.authorId());
    open.put(cell, new Touched(touched.before(), touched.now().plus(newPost, newAuthor)));
    if (open.size() >= MOST_OPEN) {
      flush();
    }
  }

  private Touched touch(Cell cell) throws Exception {
    ValueState<BucketCount> state = counts.at(cell.bucket());
    BucketCount count = state.value();
    if (count == null) {
      requireOngoing(cell);
      timers.registerEventTimeTimer(cell.bucket(), Buckets.last(cell.bucket()));
      count = BucketCount.NONE;
    }
    return new Touched(count, count);
  }

  /** A late post would begin a bucket anew that was finished, and overwrite its row. */
  private void requireOngoing(Cell cell) {
    if (Buckets.last(cell.bucket()) <= timers.currentWatermark()) {
      throw new IllegalStateException(
          "Tag %s got a post of the five minutes from %s, but the watermark is %s already; late events must be kept from the job"
              .formatted(
                  cell.tag(),
                  Instant.ofEpochMilli(Buckets.first(cell.bucket())),
                  Instant.ofEpochMilli(timers.currentWatermark())));
    }
  }

  private static boolean isNew(MapState<String, Boolean> seen, String id) throws Exception {
    if (seen.contains(id)) {
      return false;
    }
    seen.put(id, Boolean.TRUE);
    return true;
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
  }

  /** A watermark must not overtake shares of the windows that it ends. */
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
    for (Map.Entry<Cell, Touched> entry : open.entrySet()) {
      setCurrentKey(entry.getKey().tag());
      write(entry.getKey(), entry.getValue());
    }
    open.clear();
  }

  private void write(Cell cell, Touched touched) throws Exception {
    BucketCount now = touched.now();
    counts.at(cell.bucket()).update(now);
    long counted = now.counted(minAuthors);
    long more = counted - touched.before().counted(minAuthors);
    if (counted > 0) {
      output.collect(
          new StreamRecord<>(
              Change.upsert(
                  new HashtagBucket(
                      cell.tag(), Buckets.first(cell.bucket()), now.posts(), now.authors()))));
    }
    for (int after = 0; more > 0 && after < Buckets.OF_A_WINDOW; after++) {
      output.collect(
          SHARES, new StreamRecord<>(new TagShare(cell.bucket() + after, cell.tag(), more)));
    }
  }

  /** The five minutes are over for this tag: nothing more can fall into them, and no copy come. */
  @Override
  public void onEventTime(InternalTimer<String, Integer> timer) throws Exception {
    int bucket = timer.getNamespace();
    counts.at(bucket).clear();
    posts.at(bucket).clear();
    authors.at(bucket).clear();
  }

  @Override
  public void onProcessingTime(InternalTimer<String, Integer> timer) {
    throw new IllegalStateException("No timer of processing time is ever set here");
  }
}
