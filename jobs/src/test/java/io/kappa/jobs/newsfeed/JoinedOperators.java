package io.kappa.jobs.newsfeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.event.Follow;
import io.kappa.common.event.Post;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** {@link AuthorPosts} and behind it {@link Followers}, as in the job. */
final class JoinedOperators implements AutoCloseable {

  private final AuthorPosts authorPosts;
  private final Followers followers = new Followers();
  private final KeyedTwoInputStreamOperatorTestHarness<String, Post, Follow, ShardMessage> first;
  private final KeyedOneInputStreamOperatorTestHarness<
          Tuple2<String, Integer>, ShardMessage, Delivery>
      second;

  JoinedOperators(int shards) throws Exception {
    authorPosts = new AuthorPosts(shards);
    first =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            authorPosts, Post::authorId, Follow::followeeId, Types.STRING);
    second =
        new KeyedOneInputStreamOperatorTestHarness<>(
            followers,
            message -> Tuple2.of(message.authorId(), message.shard()),
            Types.TUPLE(Types.STRING, Types.INT));
    first.getExecutionConfig().enableObjectReuse();
    second.getExecutionConfig().enableObjectReuse();
    first.open();
    second.open();
  }

  void post(Post post) throws Exception {
    first.processElement1(new StreamRecord<>(post));
  }

  void follow(Follow follow) throws Exception {
    first.processElement2(new StreamRecord<>(follow));
  }

  /** Takes the messages that wait between the two. */
  List<ShardMessage> messages() {
    List<ShardMessage> messages = new ArrayList<>(first.extractOutputValues());
    first.getOutput().clear();
    return messages;
  }

  /** Takes what comes of messages. */
  List<Delivery> deliveries(List<ShardMessage> messages) throws Exception {
    for (ShardMessage message : messages) {
      second.processElement(new StreamRecord<>(message));
    }
    List<Delivery> deliveries = new ArrayList<>(second.extractOutputValues());
    second.getOutput().clear();
    return deliveries;
  }

  void watermark(long at) throws Exception {
    first.processBothWatermarks(new Watermark(at));
    second.processWatermark(new Watermark(at));
    first.getOutput().clear();
    second.getOutput().clear();
  }

  int timers() {
    return first.numEventTimeTimers() + second.numEventTimeTimers();
  }

  /** The names of the states that hold something. */
  Set<String> state() {
    Set<String> left = new TreeSet<>();
    addHeld(authorPosts.getKeyedStateBackend(), "posts", left);
    addHeld(followers.getKeyedStateBackend(), "followers", left);
    addHeld(followers.getKeyedStateBackend(), "count", left);
    return left;
  }

  /** How many followers the shards count: as many as each has histories. */
  int followers() throws Exception {
    KeyedStateBackend<Tuple2<String, Integer>> backend = followers.getKeyedStateBackend();
    List<Tuple2<String, Integer>> shards;
    try (Stream<Tuple2<String, Integer>> keys =
        backend.getKeys("followers", VoidNamespace.INSTANCE)) {
      shards = keys.toList();
    }
    int all = 0;
    for (Tuple2<String, Integer> shard : shards) {
      backend.setCurrentKey(shard);
      int count =
          backend
              .getPartitionedState(
                  VoidNamespace.INSTANCE,
                  VoidNamespaceSerializer.INSTANCE,
                  new ValueStateDescriptor<>("count", Types.INT))
              .value();
      assertThat(
              backend
                  .getPartitionedState(
                      VoidNamespace.INSTANCE,
                      VoidNamespaceSerializer.INSTANCE,
                      new MapStateDescriptor<>(
                          "followers", Types.STRING, TypeInformation.of(FollowHistory.class)))
                  .keys())
          .hasSize(count);
      all += count;
    }
    return all;
  }

  private static <K> void addHeld(KeyedStateBackend<K> backend, String name, Set<String> left) {
    try (Stream<Tuple2<K, Object>> keys = backend.getKeysAndNamespaces(name)) {
      keys.forEach(key -> left.add(name));
    }
  }

  @Override
  public void close() throws Exception {
    first.close();
    second.close();
  }
}
