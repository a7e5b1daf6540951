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
        streams
            .of(Topics.POSTS)
            .connect(streams.of(Topics.FOLLOWS))
            .keyBy(Post::authorId, Follow::followeeId, Types.STRING)
            .transform(
                "author-posts", TypeInformation.of(ShardMessage.class), new AuthorPosts(shards))
            .uid("author-posts")
            .keyBy(
                message -> Tuple2.of(message.authorId(), message.shard()),
                Types.TUPLE(Types.STRING, Types.INT))
            .transform("followers", TypeInformation.of(Delivery.class), new Followers())
            .uid("followers")
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
}
