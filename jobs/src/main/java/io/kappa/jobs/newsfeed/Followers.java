package io.kappa.jobs.newsfeed;

import io.kappa.common.event.Follow;
import io.kappa.common.job.Subtasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps one shard of those who follow an author. Whichever is read first: a post goes to all who
 * follow at its time, and a follow event that is read later corrects that for the posts from its
 * time on.
 */
final class Followers extends AbstractStreamOperator<Delivery>
    implements OneInputStreamOperator<ShardMessage, Delivery>,
        Triggerable<Tuple2<String, Integer>, String> {

  /** So many followers at most get a post in one message. */
  private static final int TOGETHER = 1_000;

  private transient MapState<String, FollowHistory> followers;

  /** How many followers there are: most shards have none, and to iterate over none is dear. */
  private transient ValueState<Integer> count;

  private transient InternalTimerService<String> timers;

  @Override
  public void open() throws Exception {
    super.open();
    followers =
        getPartitionedState(
            new MapStateDescriptor<>(
                "followers", Types.STRING, TypeInformation.of(FollowHistory.class)));
    count = getPartitionedState(new ValueStateDescriptor<>("count", Types.INT));
    timers = getInternalTimerService("followers", StringSerializer.INSTANCE, this);
  }

  @Override
  public void processElement(StreamRecord<ShardMessage> element) throws Exception {
    ShardMessage message = element.getValue();
    if (message.follow() == null) {
      deliver(message.posts().get(0));
    } else {
      change(message);
    }
  }

  private void deliver(PostText post) throws Exception {
    if (count.value() == null) {
      return;
    }
    List<String> all = new ArrayList<>();
    for (Map.Entry<String, FollowHistory> follower : followers.entries()) {
      if (follower.getValue().followsAt(post.key().at())) {
        all.add(follower.getKey());
      }
    }
    for (List<String> some : Subtasks.together(all, getRuntimeContext().getTaskInfo())) {
      for (int i = 0; i < some.size(); i += TOGETHER) {
        List<String> users = some.subList(i, Math.min(some.size(), i + TOGETHER));
        output.collect(new StreamRecord<>(new Delivery(users, post.key(), post.text())));
      }
    }
  }

  private void change(ShardMessage message) throws Exception {
    Follow follow = message.follow();
    FollowHistory known = followers.get(follow.followerId());
    FollowHistory before = known == null ? FollowHistory.NONE : known;
    FollowHistory now = before.with(follow.at(), follow.active());
    for (PostText post : message.posts()) {
      boolean had = before.followsAt(post.key().at());
      boolean has = now.followsAt(post.key().at());
      if (had != has) {
        List<String> user = List.of(follow.followerId());
        output.collect(
            new StreamRecord<>(new Delivery(user, post.key(), has ? post.text() : null)));
      }
    }
    if (message.last()) {
      followers.put(follow.followerId(), now);
      timers.registerEventTimeTimer(follow.followerId(), follow.at());
      if (known == null) {
        countOn(1);
      }
    }
  }

  private void countOn(int more) throws Exception {
    Integer before = count.value();
    int now = (before == null ? 0 : before) + more;
    if (now == 0) {
      count.clear();
    } else {
      count.update(now);
    }
  }

  /** No post up to then can come, so what was before it isn't asked for any more. */
  @Override
  public void onEventTime(InternalTimer<Tuple2<String, Integer>, String> timer) throws Exception {
    FollowHistory history = followers.get(timer.getNamespace());
    if (history == null) {
      return;
    }
    FollowHistory rest = history.after(timer.getTimestamp());
    if (rest.size() == 0) {
      followers.remove(timer.getNamespace());
      countOn(-1);
    } else if (rest.size() < history.size()) {
      followers.put(timer.getNamespace(), rest);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<Tuple2<String, Integer>, String> timer) {
    throw new IllegalStateException("No timer of processing time is ever set here");
  }
}
