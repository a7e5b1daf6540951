package io.kappa.jobs.recommendations;

import io.kappa.common.job.Change;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keyed by user: adds up what the lists of the user's newest items say, and ranks what the user
 * hasn't had. The rows that stand in the table follow from the state, so they aren't kept too.
 */
final class UserRecommendations
    extends OpenUntilBarrier<UserShare, UserRecommendations.OpenUser, Change<UserRecommendation>> {

  private transient ValueState<Cells> sums;

  UserRecommendations(Bounds bounds) {
    super(bounds.open());
  }

  @Override
  public void open() throws Exception {
    super.open();
    sums = getPartitionedState(new ValueStateDescriptor<>("sums", TypeInformation.of(Cells.class)));
  }

  @Override
  OpenUser begin() {
    return new OpenUser();
  }

  @Override
  void add(OpenUser user, UserShare share) {
    user.items.addAll(share.items());
  }

  @Override
  void end(String userId, OpenUser user) throws Exception {
    Cells stored = sums.value();
    Cells before = stored == null ? Cells.NONE : stored;
    Cells after = before.plus(user.items);
    sums.update(after);
    Ranking.changes(
        rows(userId, before),
        rows(userId, after),
        change -> output.collect(new StreamRecord<>(change)));
  }

  private static List<UserRecommendation> rows(String userId, Cells items) {
    long[] all = items.values();
    int[] best =
        Ranking.best(
            items.size(),
            Bounds.RECOMMENDED,
            i -> Halves.low(all[i]) == 0 && Halves.high(all[i]) > 0,
            (i, k) -> Integer.compare(Halves.high(all[k]), Halves.high(all[i])));
    List<UserRecommendation> rows = new ArrayList<>();
    for (int i : best) {
      double score = Cosine.score(Halves.high(all[i]));
      rows.add(new UserRecommendation(userId, rows.size() + 1, items.ids()[i], score));
    }
    return rows;
  }

  @Override
  void sendRest() {}

  /** What came for a user since its sums were written. */
  static final class OpenUser implements OpenUntilBarrier.Open {

    private final Sums items = new Sums();

    @Override
    public int size() {
      return 1 + items.size();
    }
  }
}
