package io.kappa.jobs.recommendations;

import io.kappa.common.job.Change;
import io.kappa.common.job.Subtasks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Keyed by item: ranks the items that have users in common with it, and tells the users that follow
 * it what changed in its list. How large the audience of each item is, it hears from all of them: a
 * size is in the cosine of any pair. As sizes only grow, a new one changes just the lists that have
 * the item; whoever isn't among the most similar ones only falls back further.
 */
final class SimilarItems extends OpenUntilBarrier<SimilarItems.OpenItem, Change<SimilarItem>>
    implements TwoInputStreamOperator<ItemShare, ItemSize, Change<SimilarItem>> {

  static final OutputTag<UserShare> WEIGHTS =
      new OutputTag<>("weights", TypeInformation.of(UserShare.class));

  /** To make room means to read and write most of the state, so there is more room here. */
  private static final int ROOM = 5;

  private static final String LISTS = "lists";

  private final Bounds bounds;
  private transient ValueState<Cells> together;
  private transient ValueState<SimilarList> lists;
  private transient ValueState<Cells> followers;
  private transient BroadcastState<String, Integer> sizes;

  /** By item, which of this subtask's lists have it. */
  private transient Map<String, Set<String>> listed;

  private transient Set<String> grown;

  SimilarItems(Bounds bounds) {
    super(ROOM * bounds.open());
    this.bounds = bounds;
  }

  @Override
  public void open() throws Exception {
    super.open();
    together = cells("together");
    lists =
        getPartitionedState(
            new ValueStateDescriptor<>(LISTS, TypeInformation.of(SimilarList.class)));
    followers = cells("followers");
    sizes =
        getOperatorStateBackend()
            .getBroadcastState(new MapStateDescriptor<>("sizes", Types.STRING, Types.INT));
    grown = new HashSet<>();
    listed = new HashMap<>();
    KeyedStateBackend<String> backend = getKeyedStateBackend();
    for (String itemId : backend.getKeys(LISTS, VoidNamespace.INSTANCE).toList()) {
      setCurrentKey(itemId);
      relist(itemId, SimilarList.NONE, lists.value());
    }
  }

  private ValueState<Cells> cells(String name) throws Exception {
    return getPartitionedState(new ValueStateDescriptor<>(name, TypeInformation.of(Cells.class)));
  }

  @Override
  public void processElement1(StreamRecord<ItemShare> element) throws Exception {
    ItemShare share = element.getValue();
    touch(share.itemId(), item -> item.add(share));
  }

  @Override
  public void processElement2(StreamRecord<ItemSize> element) throws Exception {
    ItemSize size = element.getValue();
    sizes.put(size.itemId(), size.users());
    grown.add(size.itemId());
  }

  @Override
  OpenItem begin() {
    return new OpenItem();
  }

  @Override
  void relieve(OpenItem item) throws Exception {
    if (!item.together.isEmpty()) {
      store(together, orNone(together.value()).plus(item.together));
      item.together = new Sums();
    }
  }

  @Override
  void beforeEnd() throws Exception {
    for (String itemId : grown) {
      for (String other : listed.getOrDefault(itemId, Set.of())) {
        opened(other).stands = false;
      }
      if (Subtasks.isOwn(itemId, getRuntimeContext().getTaskInfo())) {
        opened(itemId).stands = false; // its own size is in all of its rows
      }
    }
    grown = new HashSet<>();
  }

  @Override
  void end(String itemId, OpenItem item) throws Exception {
    SimilarList stored = lists.value();
    SimilarList before = stored == null ? SimilarList.NONE : stored;
    SimilarList after = before;
    if (!item.stands) {
      relieve(item);
      after = ranked(itemId);
      lists.update(after);
      relist(itemId, before, after);
      Ranking.changes(
          before.rows(itemId),
          after.rows(itemId),
          change -> output.collect(new StreamRecord<>(change)));
    }
    tellFollowers(before, after, item.followers);
  }

  /** The current item's list, made of all that has users in common with it. */
  private SimilarList ranked(String itemId) throws Exception {
    Cells all = orNone(together.value());
    long[] counts = new long[all.size()];
    for (int i = 0; i < counts.length; i++) {
      int common = (int) all.values()[i];
      counts[i] = common < bounds.minTogether() ? 0 : Halves.of(common, size(all.ids()[i]));
    }
    return SimilarList.of(size(itemId), new Cells(all.ids(), counts));
  }

  /** What has come of an item's size so far. */
  private int size(String itemId) throws Exception {
    Integer size = sizes.get(itemId);
    return size == null ? 0 : size;
  }

  private void relist(String itemId, SimilarList before, SimilarList after) {
    for (String other : before.ids()) {
      Set<String> items = listed.get(other);
      items.remove(itemId);
      if (items.isEmpty()) {
        listed.remove(other);
      }
    }
    for (String other : after.ids()) {
      listed.computeIfAbsent(other, key -> new HashSet<>()).add(itemId);
    }
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
    List<String> stayed = new ArrayList<>();
    List<String> came = new ArrayList<>();
    List<String> went = new ArrayList<>();
    Cells.compare(
        were, are, (user, was, is) -> (was == is ? stayed : is != 0 ? came : went).add(user));
    tell(stayed, changed);
    tell(came, weights(SimilarList.NONE, after));
    tell(went, weights(before, SimilarList.NONE));
  }

  /** What a follower's sums change by if one list takes the place of another. */
  private Cells weights(SimilarList before, SimilarList after) {
    Sums sums = new Sums();
    before.addWeights(bounds.weightBits(), -1, sums);
    after.addWeights(bounds.weightBits(), 1, sums);
    return sums.cells();
  }

  /** Tells users the same, those of one subtask in one message: a list may have many followers. */
  private void tell(List<String> users, Cells changes) {
    if (changes.size() == 0) {
      return;
    }
    for (List<String> some : Subtasks.together(users, getRuntimeContext().getTaskInfo())) {
      output.collect(WEIGHTS, new StreamRecord<>(new UserShare(some, changes)));
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

  /** What came for an item since its list was made. */
  static final class OpenItem implements OpenUntilBarrier.Open {

    private Sums together = new Sums();
    private final Sums followers = new Sums();
    private boolean stands = true;

    void add(ItemShare share) {
      together.addAll(share.together());
      followers.addAll(share.followers());
      stands &= share.together().size() == 0;
    }

    @Override
    public int size() {
      return 1 + together.size() + followers.size();
    }
  }
}
