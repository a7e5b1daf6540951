package io.kappa.jobs.newsfeed;

import com.google.auto.service.AutoService;
import io.kappa.common.event.Follow;
import io.kappa.common.event.Post;
import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.Change;
import io.kappa.common.job.ChangeTypeInfoFactory;
import io.kappa.common.job.Input;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Outputs;
import io.kappa.common.job.Parameter;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.Streams;
import io.kappa.common.table.Table;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.MathUtils;

/** For each user the newest posts of the authors that they follow. */
@AutoService(JobDefinition.class)
public final class NewsFeed implements JobDefinition {

  static final Parameter<Long> SIZE =
      Parameter.whole("size", 100, 1, 1_000, "how many posts a feed has at most");

  static final Parameter<Long> SHARDS =
      Parameter.whole(
          "shards",
          8,
          1,
          1_024,
          "an author's followers are divided into so many parts, each served by itself");

  @Override
  public String name() {
    return "news-feed";
  }

  @Override
  public String description() {
    return "Keeps for each user the newest posts of the authors that they follow";
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(SIZE, SHARDS);
  }

  @Override
  public List<Input<?>> inputs(Parameters parameters) {
    return List.of(Input.all(Topics.POSTS), Input.all(Topics.FOLLOWS));
  }

  @Override
  public List<Table<?>> tables() {
    return List.of(FeedRow.TABLE);
  }

  @Override
  public Outputs define(Streams streams, Parameters parameters) {
    int shards = Math.toIntExact(parameters.get(SHARDS));
    DataStream<Change<FeedRow>> feeds =
        copies(streams.of(Topics.POSTS), shards)
            .connect(changes(streams.of(Topics.FOLLOWS), shards))
            .keyBy(
                post -> Tuple2.of(post.authorId(), post.shard()),
                follow -> Tuple2.of(follow.authorId(), follow.shard()),
                Types.TUPLE(Types.STRING, Types.INT))
            .transform("deliveries", TypeInformation.of(Delivery.class), new Deliveries())
            .uid("deliveries")
            .keyBy(Delivery::address, Types.STRING)
            .transform(
                "feeds",
                ChangeTypeInfoFactory.of(TypeInformation.of(FeedRow.class)),
                new Feeds(Math.toIntExact(parameters.get(SIZE))))
            .uid("feeds");
    return new Outputs().with(FeedRow.TABLE, feeds);
  }

  /** Which of an author's shards a follower is in; the same on every machine. */
  static int shard(String followerId, int shards) {
    return Math.floorMod(MathUtils.murmurHash(followerId.hashCode()), shards);
  }

  private static DataStream<PostCopy> copies(DataStream<Post> posts, int shards) {
    return posts
        .<PostCopy>flatMap(
            (post, out) -> {
              for (int shard = 0; shard < shards; shard++) {
                out.collect(
                    new PostCopy(post.authorId(), shard, post.postId(), post.at(), post.text()));
              }
            })
        .returns(PostCopy.class)
        .setParallelism(posts.getParallelism()) // one task with what it stands behind
        .name("post-copies")
        .uid("post-copies");
  }

  private static DataStream<FollowChange> changes(DataStream<Follow> follows, int shards) {
    return follows
        .map(
            follow ->
                new FollowChange(
                    follow.followeeId(),
                    shard(follow.followerId(), shards),
                    follow.followerId(),
                    follow.active(),
                    follow.at()))
        .returns(FollowChange.class)
        .setParallelism(follows.getParallelism())
        .name("follow-changes")
        .uid("follow-changes");
  }
}
