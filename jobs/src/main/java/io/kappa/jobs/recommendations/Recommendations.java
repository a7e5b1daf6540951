package io.kappa.jobs.recommendations;

import com.google.auto.service.AutoService;
import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.Change;
import io.kappa.common.job.ChangeTypeInfoFactory;
import io.kappa.common.job.Input;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.KeyedWithBroadcast;
import io.kappa.common.job.Outputs;
import io.kappa.common.job.Parameter;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.Streams;
import io.kappa.common.table.Table;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Which items the same users are drawn to, and what each user may like next. */
@AutoService(JobDefinition.class)
public final class Recommendations implements JobDefinition {

  private static final Set<Kind> INTERESTS =
      EnumSet.of(Kind.VIEW, Kind.PLAY, Kind.LIKE, Kind.PURCHASE);

  /** Which kinds of activity count as interest. */
  static final Parameter<Set<Kind>> KINDS =
      new Parameter<>(
          "kinds",
          "view,play,like,purchase",
          "the kinds of activity that count as interest, with commas between",
          Recommendations::kinds,
          kinds -> Optional.empty());

  static final Parameter<Long> HISTORY =
      Parameter.whole("history", 50, 2, 1_000, "so many items of a user count, the newest");

  static final Parameter<Long> AUDIENCE =
      Parameter.whole("audience", 500, 2, 10_000, "so many users of an item count, the newest");

  static final Parameter<Long> MIN_TOGETHER =
      Parameter.whole(
          "min-together", 2, 1, 10_000, "items with fewer users in common aren't similar");

  static final Parameter<Long> SEEDS =
      Parameter.whole(
          "seeds", 5, 1, 100, "so many items of a user recommend others to them, the newest");

  static final Parameter<Long> WEIGHT_BITS =
      Parameter.whole(
          "weight-bits",
          2,
          1,
          20,
          "so many leading bits of a similarity count in a recommendation; fewer change less often");

  /** So many cells each subtask of an operator holds open: some 20 MB. */
  static final int MOST_OPEN = 400_000;

  private final int mostOpen;

  public Recommendations() {
    this(MOST_OPEN);
  }

  Recommendations(int mostOpen) {
    this.mostOpen = mostOpen;
  }

  private static Set<Kind> kinds(String text) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (String name : text.split(",", -1)) {
      kinds.add(
          INTERESTS.stream()
              .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
              .findAny()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "allowed are view, play, like and purchase, with commas between")));
    }
    return kinds;
  }

  @Override
  public String name() {
    return "recommendations";
  }

  @Override
  public String description() {
    return "Finds the items that the same users are drawn to, and what each user may like next";
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(KINDS, HISTORY, AUDIENCE, MIN_TOGETHER, SEEDS, WEIGHT_BITS);
  }

  @Override
  public List<Input<?>> inputs(Parameters parameters) {
    EnumSet<Kind> kinds = EnumSet.copyOf(parameters.get(KINDS));
    return List.of(
        Input.where(
            Topics.ACTIVITY,
            activity -> activity.userId() != null && kinds.contains(activity.kind())));
  }

  @Override
  public List<Table<?>> tables() {
    return List.of(SimilarItem.TABLE, UserRecommendation.TABLE);
  }

  @Override
  public Outputs define(Streams streams, Parameters parameters) {
    Bounds bounds =
        new Bounds(
            Math.toIntExact(parameters.get(HISTORY)),
            Math.toIntExact(parameters.get(AUDIENCE)),
            Math.toIntExact(parameters.get(MIN_TOGETHER)),
            Math.toIntExact(parameters.get(SEEDS)),
            Math.toIntExact(parameters.get(WEIGHT_BITS)),
            mostOpen);
    DataStream<Activity> activities = streams.of(Topics.ACTIVITY);
    SingleOutputStreamOperator<Visit> visits =
        activities
            .map(Interest::of)
            .returns(Interest.class)
            .setParallelism(activities.getParallelism()) // one task with what it stands behind
            .name("slim")
            .uid("slim")
            .keyBy(Interest::itemId, Types.STRING)
            .transform("audiences", TypeInformation.of(Visit.class), new Audiences(bounds))
            .uid("audiences");
    SingleOutputStreamOperator<ItemShare> histories =
        visits
            .keyBy(Visit::userId, Types.STRING)
            .transform("histories", TypeInformation.of(ItemShare.class), new Histories(bounds))
            .uid("histories");
    SingleOutputStreamOperator<Change<SimilarItem>> similar =
        KeyedWithBroadcast.transform(
                histories.keyBy(ItemShare::itemId, Types.STRING),
                visits.getSideOutput(Audiences.SIZES),
                "similar-items",
                changesOf(SimilarItem.class),
                new SimilarItems(bounds))
            .uid("similar-items");
    DataStream<Change<UserRecommendation>> recommended =
        similar
            .getSideOutput(SimilarItems.WEIGHTS)
            .union(histories.getSideOutput(Histories.HAD))
            .keyBy(UserShare::address, Types.STRING)
            .transform(
                "user-recommendations",
                changesOf(UserRecommendation.class),
                new UserRecommendations(bounds))
            .uid("user-recommendations");
    return new Outputs()
        .with(SimilarItem.TABLE, similar)
        .with(UserRecommendation.TABLE, recommended);
  }

  private static <R> TypeInformation<Change<R>> changesOf(Class<R> row) {
    return ChangeTypeInfoFactory.of(TypeInformation.of(row));
  }
}
