package io.kappa.jobs.newsfeed;

import io.kappa.common.job.Subtasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Joins the posts of an author with one shard of those who follow them. Whichever comes first: a
 * post goes to all who follow at its time, and a follow event that is read later corrects that for
 * the posts from its time on.
 */
final class Deliveries extends AbstractStreamOperator<Delivery>
    implements TwoInputStreamOperator<PostCopy, FollowChange, Delivery> {

  /** So many followers at most get a post in one message. */
  private static final int TOGETHER = 1_000;

  private transient MapState<PostKey, String> posts;
  private transient MapState<String, FollowHistory> followers;
  private transient InternalTimerService<String> postTimers;
  private transient InternalTimerService<String> followTimers;

  @Override
  public void open() throws Exception {
    super.open();
    posts =
        getPartitionedState(
            new MapStateDescriptor<>("posts", TypeInformation.of(PostKey.class), Types.STRING));
    followers =
        getPartitionedState(
            new MapStateDescriptor<>(
                "followers", Types.STRING, TypeInformation.of(FollowHistory.class)));
    postTimers =
        getInternalTimerService("posts", StringSerializer.INSTANCE, new Timers(this::forgetPost));
    followTimers =
        getInternalTimerService(
            "followers", StringSerializer.INSTANCE, new Timers(this::forgetHistory));
  }

  @Override
  public void processElement1(StreamRecord<PostCopy> element) throws Exception {
    PostCopy copy = element.getValue();
    PostKey post = new PostKey(copy.at(), copy.postId(), copy.authorId());
    if (posts.contains(post)) {
      return;
    }
    posts.put(post, copy.text());
    postTimers.registerEventTimeTimer(copy.postId(), copy.at());
    List<String> all = new ArrayList<>();
    for (Map.Entry<String, FollowHistory> follower : followers.entries()) {
      if (follower.getValue().followsAt(copy.at())) {
        all.add(follower.getKey());
      }
    }
    for (List<String> some : Subtasks.together(all, getRuntimeContext().getTaskInfo())) {
      for (int i = 0; i < some.size(); i += TOGETHER) {
        List<String> users = some.subList(i, Math.min(some.size(), i + TOGETHER));
        output.collect(new StreamRecord<>(new Delivery(users, post, copy.text())));
      }
    }
  }

  @Override
  public void processElement2(StreamRecord<FollowChange> element) throws Exception {
    FollowChange change = element.getValue();
    FollowHistory known = followers.get(change.followerId());
    FollowHistory before = known == null ? FollowHistory.NONE : known;
    FollowHistory now = before.with(change.at(), change.active());
    followers.put(change.followerId(), now);
    followTimers.registerEventTimeTimer(change.followerId(), change.at());
    for (Map.Entry<PostKey, String> post : posts.entries()) {
      boolean had = before.followsAt(post.getKey().at());
      boolean has = now.followsAt(post.getKey().at());
      if (had != has) {
        Delivery delivery =
            new Delivery(List.of(change.followerId()), post.getKey(), has ? post.getValue() : null);
        output.collect(new StreamRecord<>(delivery));
      }
    }
  }

  /** Who follows at the post's time is known for good: no follow event up to it can come. */
  private void forgetPost(InternalTimer<Tuple2<String, Integer>, String> timer) throws Exception {
    posts.remove(new PostKey(timer.getTimestamp(), timer.getNamespace(), timer.getKey().f0));
  }

  /** No post up to then can come, so what was before it isn't asked for any more. */
  private void forgetHistory(InternalTimer<Tuple2<String, Integer>, String> timer)
      throws Exception {
    FollowHistory history = followers.get(timer.getNamespace());
    if (history == null) {
      return;
    }
    FollowHistory rest = history.after(timer.getTimestamp());
    if (rest.size() == 0) {
      followers.remove(timer.getNamespace());
    } else if (rest.size() < history.size()) {
      followers.put(timer.getNamespace(), rest);
    }
  }

  @FunctionalInterface
  private interface OnTimer {
    void fires(InternalTimer<Tuple2<String, Integer>, String> timer) throws Exception;
  }

  private record Timers(OnTimer onEventTime)
      implements Triggerable<Tuple2<String, Integer>, String> {

    @Override
    public void onEventTime(InternalTimer<Tuple2<String, Integer>, String> timer) throws Exception {
      onEventTime.fires(timer);
    }

    @Override
    public void onProcessingTime(InternalTimer<Tuple2<String, Integer>, String> timer) {
      throw new IllegalStateException("No timer of processing time is ever set here");
    }
  }
}
