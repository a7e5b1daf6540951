package io.kappa.jobs.trending;

import com.google.auto.service.AutoService;
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
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Which hashtags are used most: by the five minutes, and ranked for each hour. */
@AutoService(JobDefinition.class)
public final class Trending implements JobDefinition {

  static final Parameter<Long> MIN_AUTHORS =
      Parameter.whole(
          "min-authors",
          1,
          1,
          1_000_000,
          "a tag counts in five minutes in which so many different authors use it");

  static final Parameter<Long> RANKS =
      Parameter.whole("ranks", 50, 1, 1_000, "how many tags of an hour have a rank");

  @Override
  public String name() {
    return "trending";
  }

  @Override
  public String description() {
    return "Counts hashtags by the five minutes, and ranks them for each hour";
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(MIN_AUTHORS, RANKS);
  }

  @Override
  public List<Input<?>> inputs(Parameters parameters) {
    return List.of(Input.where(Topics.POSTS, post -> Hashtags.isIn(post.text())));
  }

  @Override
  public List<Table<?>> tables() {
    return List.of(HashtagBucket.TABLE, TopHashtag.TABLE);
  }

  @Override
  public Outputs define(Streams streams, Parameters parameters) {
    DataStream<Post> posts = streams.of(Topics.POSTS);
    SingleOutputStreamOperator<Change<HashtagBucket>> buckets =
        posts
            .<TaggedPost>flatMap(
                (post, out) ->
                    Hashtags.in(post.text())
                        .forEach(
                            tag ->
                                out.collect(
                                    new TaggedPost(
                                        tag,
                                        Buckets.of(post.at()),
                                        post.postId(),
                                        post.authorId()))))
            .returns(TaggedPost.class)
            .setParallelism(posts.getParallelism()) // one task with what it stands behind
            .name("tags")
            .uid("tags")
            .keyBy(TaggedPost::tag, Types.STRING)
            .transform(
                "tag-counts",
                changesOf(HashtagBucket.class),
                new TagCounts(parameters.get(MIN_AUTHORS)))
            .uid("tag-counts");
    DataStream<Change<TopHashtag>> top =
        buckets
            .getSideOutput(TagCounts.SHARES)
            .keyBy(TagShare::window, Types.INT)
            .transform(
                "top-hashtags",
                changesOf(TopHashtag.class),
                new TopHashtags(Math.toIntExact(parameters.get(RANKS))))
            .uid("top-hashtags");
    return new Outputs().with(HashtagBucket.TABLE, buckets).with(TopHashtag.TABLE, top);
  }

  private static <R> TypeInformation<Change<R>> changesOf(Class<R> row) {
    return ChangeTypeInfoFactory.of(TypeInformation.of(row));
  }
}
