package io.kappa.jobs.recommendations;

import io.kappa.common.job.Change;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Keyed by item: ranks the items that have users in common with it, and tells the users that follow
 * it what changed in its list.
 */
final class SimilarItems
    extends OpenUntilBarrier<NeighbourShare, SimilarItems.OpenItem, Change<SimilarItem>> {

  static final OutputTag<UserShare> WEIGHTS =
      new OutputTag<>("weights", TypeInformation.of(UserShare.class));

  private final Bounds bounds;
  private transient ValueState<Cells> candidates;
  private transient ValueState<SimilarList> lists;
  private transient ValueState<Cells> followers;
  private transient Outbox weights;

  SimilarItems(Bounds bounds) {
    super(bounds.open());
    this.bounds = bounds;
  }

  @Override
  public void open() throws Exception {
    super.open();
    candidates = cells("candidates");
    lists =
        getPartitionedState(
            new ValueStateDescriptor<>("lists", TypeInformation.of(SimilarList.class)));
    followers = cells("followers");
    weights =
        new Outbox(
            bounds.open(),
            (user, cells) ->
                output.collect(WEIGHTS, new StreamRecord<>(new UserShare(user, cells))));
  }

  private ValueState<Cells> cells(String name) throws Exception {
    return getPartitionedState(new ValueStateDescriptor<>(name, TypeInformation.of(Cells.class)));
  }

  @Override
  OpenItem begin() {
    return new OpenItem();
  }

  @Override
  void add(OpenItem item, NeighbourShare share) {
    item.users += share.users();
    item.neighbours.addAll(share.neighbours());
    item.followers.addAll(share.followers());
  }

  @Override
  void end(String itemId, OpenItem item) throws Exception {
    SimilarList stored = lists.value();
    SimilarList before = stored == null ? SimilarList.NONE : stored;
    SimilarList after = before;
    if (item.users != 0 || !item.neighbours.isEmpty()) {
      Cells ranked = orNone(candidates.value()).plus(item.neighbours);
      store(candidates, ranked);
      after = SimilarList.of(before.users() + item.users, ranked);
      lists.update(after);
      Ranking.changes(
          before.rows(itemId),
          after.rows(itemId),
          change -> output.collect(new StreamRecord<>(change)));
    }
    tellFollowers(before, after, item.followers);
  }

  @SuppressWarnings("ReferenceEquality") // the very same list says that nothing was ranked anew
  private void tellFollowers(SimilarList before, SimilarList after, Sums changes) throws Exception {
    Cells changed = before == after ? Cells.NONE : weights(before, after);
    if (changed.size() == 0 && changes.isEmpty()) {
      return;
    }
    Cells were = orNone(followers.value());
    Cells are = were.plus(changes);
    store(followers, are);
    Cells gone = weights(before, SimilarList.NONE);
    Cells whole = weights(SimilarList.NONE, after);
    Cells.compare(
        were, are, (user, was, is) -> tell(user, was == is ? changed : is != 0 ? whole : gone));
  }

  /** What a follower's sums change by if one list takes the place of another. */
  private Cells weights(SimilarList before, SimilarList after) {
    Sums sums = new Sums();
    before.addWeights(bounds.weightBits(), -1, sums);
    after.addWeights(bounds.weightBits(), 1, sums);
    return sums.cells();
  }

  private void tell(String user, Cells changes) {
    if (changes.size() > 0) {
      weights.add(user, sums -> sums.addAll(changes));
    }
  }

  private static Cells orNone(Cells stored) {
    return stored == null ? Cells.NONE : stored;
  }

  private static void store(ValueState<Cells> state, Cells cells) throws Exception {
    if (cells.size() == 0) {
      state.clear();
    } else {
      state.update(cells);
    }
  }

  @Override
  void sendRest() {
    weights.send();
  }

  /** What came for an item since its list was made. */
  static final class OpenItem implements OpenUntilBarrier.Open {

    private int users;
    private final Sums neighbours = new Sums();
    private final Sums followers = new Sums();

    @Override
    public int size() {
      return 1 + neighbours.size() + followers.size();
    }
  }
}
