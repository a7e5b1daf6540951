package io.kappa.jobs.recommendations;

import io.kappa.common.job.Change;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keyed by user: adds up what the lists of the user's newest items say, and ranks what the user
 * hasn't had. The rows that stand in the table follow from the state, so they aren't kept too.
 */
final class UserRecommendations
    extends OpenUntilBarrier<UserRecommendations.OpenUser, Change<UserRecommendation>>
    implements OneInputStreamOperator<UserShare, Change<UserRecommendation>> {

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
  public void processElement(StreamRecord<UserShare> element) throws Exception {
    List<String> users = element.getValue().users();
    Cells items = element.getValue().items();
    int each = 1 + items.size() / users.size();
    for (String user : users) {
      touch(user, open -> open.add(items, each));
    }
  }

  @Override
  OpenUser begin() {
    return new OpenUser();
  }

  @Override
  void end(String userId, OpenUser user) throws Exception {
    Cells stored = sums.value();
    Cells before = stored == null ? Cells.NONE : stored;
    Cells after = before.plus(user.sums());
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

  /** What came for a user since its sums were written; what came for others too is held once. */
  static final class OpenUser implements OpenUntilBarrier.Open {

    private final List<Cells> shares = new ArrayList<>(4);
    private int size = 1;

    void add(Cells items, int held) {
      shares.add(items);
      size += held;
    }

    Sums sums() {
      Sums sums = new Sums();
      shares.forEach(sums::addAll);
      return sums;
    }

    @Override
    public int size() {
      return size;
    }
  }
}
