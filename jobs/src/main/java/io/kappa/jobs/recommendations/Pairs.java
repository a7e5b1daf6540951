package io.kappa.jobs.recommendations;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keyed by item: the size of its audience, and how many users it has in common with which items. It
 * tells each of these that has enough in common how many that are, and how large its own audience
 * is, as both are in the cosine.
 */
final class Pairs extends OpenUntilBarrier<PairShare, Pairs.OpenPairs, NeighbourShare> {

  private final Bounds bounds;
  private transient ValueState<PairCounts> counts;
  private transient Outbox neighbours;

  Pairs(Bounds bounds) {
    super(bounds.open());
    this.bounds = bounds;
  }

  @Override
  public void open() throws Exception {
    super.open();
    counts =
        getPartitionedState(
            new ValueStateDescriptor<>("counts", TypeInformation.of(PairCounts.class)));
    neighbours = new Outbox(bounds.open(), (item, cells) -> send(item, 0, cells));
  }

  private void send(String item, int users, Cells cells) {
    output.collect(new StreamRecord<>(new NeighbourShare(item, users, cells, Cells.NONE)));
  }

  @Override
  OpenPairs begin() {
    return new OpenPairs();
  }

  @Override
  void add(OpenPairs item, PairShare share) {
    item.users += share.users();
    item.together.addAll(share.together());
  }

  @Override
  void end(String itemId, OpenPairs item) throws Exception {
    PairCounts stored = counts.value();
    PairCounts before = stored == null ? PairCounts.NONE : stored;
    PairCounts after =
        new PairCounts(before.users() + item.users, before.together().plus(item.together));
    counts.update(after);
    if (item.users != 0) {
      send(itemId, item.users, Cells.NONE);
      Cells.compare(
          before.together(),
          after.together(),
          (other, was, is) -> tell(other, itemId, before, was, after, is));
      return;
    }
    Cells touched = item.together.cells();
    for (int i = 0; i < touched.size(); i++) {
      String other = touched.ids()[i];
      long was = before.together().value(other);
      tell(other, itemId, before, was, after, was + touched.values()[i]);
    }
  }

  private void tell(
      String other, String itemId, PairCounts before, long was, PairCounts after, long is) {
    int least = bounds.minTogether();
    long change = after.seen(is, least) - before.seen(was, least);
    if (change != 0) {
      neighbours.add(other, sums -> sums.add(itemId, change));
    }
  }

  @Override
  void sendRest() {
    neighbours.send();
  }

  /** What came for an item since its counts were written. */
  static final class OpenPairs implements OpenUntilBarrier.Open {

    private int users;
    private final Sums together = new Sums();

    @Override
    public int size() {
      return 1 + together.size();
    }
  }
}
