package io.kappa.jobs.newsfeed;

import io.kappa.common.event.Follow;
import io.kappa.common.event.Post;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps an author's posts for as long as a follow event may come that matters to them, each once,
 * and tells the shards of the author's followers what is read, in the order in which it is read: of
 * a post all shards, of a follow event one, together with the posts from its time on. So the shards
 * need no posts of their own.
 */
final class AuthorPosts extends AbstractStreamOperator<ShardMessage>
    implements TwoInputStreamOperator<Post, Follow, ShardMessage>, Triggerable<String, String> {

  /** So many posts at most are in one message, and on the heap; a text may be 64 Ki characters. */
  static final int TOGETHER = 20;

  private final int shards;
  private transient MapState<PostKey, String> posts;
  private transient InternalTimerService<String> timers;

  /**
   * @param shards into how many parts an author's followers are divided
   */
  AuthorPosts(int shards) {
    this.shards = shards;
  }

  @Override
  public void open() throws Exception {
    super.open();
    posts =
        getPartitionedState(
            new MapStateDescriptor<>("posts", TypeInformation.of(PostKey.class), Types.STRING));
    timers = getInternalTimerService("posts", StringSerializer.INSTANCE, this);
  }

  @Override
  public void processElement1(StreamRecord<Post> element) throws Exception {
    Post read = element.getValue();
    PostText post =
        new PostText(new PostKey(read.at(), read.postId(), read.authorId()), read.text());
    if (posts.contains(post.key())) {
      return;
    }
    posts.put(post.key(), post.text());
    timers.registerEventTimeTimer(read.postId(), read.at());
    for (int shard = 0; shard < shards; shard++) {
      output.collect(new StreamRecord<>(ShardMessage.of(read.authorId(), shard, post)));
    }
  }

  @Override
  public void processElement2(StreamRecord<Follow> element) throws Exception {
    Follow read = element.getValue();
    List<PostText> after = new ArrayList<>();
    for (Map.Entry<PostKey, String> post : posts.entries()) {
      if (post.getKey().at() >= read.at()) {
        if (after.size() == TOGETHER) {
          send(read, after, false);
          after.clear();
        }
        after.add(new PostText(post.getKey(), post.getValue()));
      }
    }
    send(read, after, true);
  }

  private void send(Follow read, List<PostText> some, boolean last) {
    int shard = NewsFeed.shard(read.followerId(), shards);
    output.collect(
        new StreamRecord<>(
            new ShardMessage(read.followeeId(), shard, read, List.copyOf(some), last)));
  }

  /** Who follows at the post's time is known for good: no follow event up to it can come. */
  @Override
  public void onEventTime(InternalTimer<String, String> timer) throws Exception {
    posts.remove(new PostKey(timer.getTimestamp(), timer.getNamespace(), timer.getKey()));
  }

  @Override
  public void onProcessingTime(InternalTimer<String, String> timer) {
    throw new IllegalStateException("No timer of processing time is ever set here");
  }
}
