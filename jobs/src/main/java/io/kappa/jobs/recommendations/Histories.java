package io.kappa.jobs.recommendations;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Keyed by user: the history of each, which is its newest items. What changes in it changes which
 * items go together, which items' lists the user follows, and what the user has had.
 */
final class Histories extends OpenUntilBarrier<Histories.OpenHistory, ItemShare>
    implements OneInputStreamOperator<Visit, ItemShare> {

  static final OutputTag<UserShare> HAD =
      new OutputTag<>("had", TypeInformation.of(UserShare.class));

  private final Bounds bounds;
  private transient ValueState<History> histories;
  private transient Outbox pairs;
  private transient Outbox followers;

  Histories(Bounds bounds) {
    super(bounds.open());
    this.bounds = bounds;
  }

  @Override
  public void open() throws Exception {
    super.open();
    histories =
        getPartitionedState(
            new ValueStateDescriptor<>("histories", TypeInformation.of(History.class)));
    pairs =
        new Outbox(
            bounds.open(),
            (item, cells) ->
                output.collect(new StreamRecord<>(new ItemShare(item, cells, Cells.NONE))));
    followers =
        new Outbox(
            bounds.open(),
            (item, cells) ->
                output.collect(new StreamRecord<>(new ItemShare(item, Cells.NONE, cells))));
  }

  @Override
  public void processElement(StreamRecord<Visit> element) throws Exception {
    Visit visit = element.getValue();
    touch(visit.userId(), user -> user.add(visit));
  }

  @Override
  OpenHistory begin() throws Exception {
    History before = histories.value();
    return new OpenHistory(bounds.history(), before == null ? History.NONE : before);
  }

  @Override
  void end(String userId, OpenHistory user) throws Exception {
    History before = user.before;
    History after = user.history();
    histories.update(after);
    addPairs(before.counting(), after.counting());
    Cells.compare(
        before.seeds(bounds.seeds()),
        after.seeds(bounds.seeds()),
        (item, was, is) -> {
          if (is != was) {
            followers.add(item, sums -> sums.add(userId, is - was));
          }
        });
    Sums had = new Sums();
    Cells.compare(
        before.had(),
        after.had(),
        (item, was, is) -> had.add(item, Halves.of(0, (int) (is - was))));
    Cells changed = had.cells();
    if (changed.size() > 0) {
      output.collect(HAD, new StreamRecord<>(new UserShare(List.of(userId), changed)));
    }
  }

  private void addPairs(Cells before, Cells after) {
    List<String> stayed = new ArrayList<>();
    List<String> came = new ArrayList<>();
    List<String> went = new ArrayList<>();
    Cells.compare(
        before, after, (item, was, is) -> (is == was ? stayed : is > was ? came : went).add(item));
    addPairs(came, stayed, 1);
    addPairs(went, stayed, -1);
  }

  /** Adds the pairs that some items make with others, and with each other. */
  private void addPairs(List<String> some, List<String> others, int change) {
    if (some.isEmpty()) {
      return;
    }
    for (String item : some) {
      pairs.add(
          item,
          sums -> {
            addAll(sums, others, item, change);
            addAll(sums, some, item, change);
          });
    }
    for (String item : others) {
      pairs.add(item, sums -> addAll(sums, some, item, change));
    }
  }

  private static void addAll(Sums sums, List<String> items, String but, int change) {
    for (String item : items) {
      if (!item.equals(but)) {
        sums.add(item, change);
      }
    }
  }

  @Override
  void sendRest() {
    pairs.send();
    followers.send();
  }

  /** A user's items, and which of them the user counts for. */
  static final class OpenHistory implements OpenUntilBarrier.Open {

    private final History before;
    private final Newest items;
    private final Set<String> counted = new HashSet<>();

    OpenHistory(int most, History before) {
      this.before = before;
      this.items = new Newest(most, before.items());
      for (int i = 0; i < before.counted().length; i++) {
        if (before.counted()[i]) {
          counted.add(before.items().ids()[i]);
        }
      }
    }

    void add(Visit visit) {
      items.see(visit.itemId(), visit.at(), (pushedOut, time) -> counted.remove(pushedOut));
      if (visit.counted() && items.has(visit.itemId())) {
        counted.add(visit.itemId());
      } else {
        counted.remove(visit.itemId());
      }
    }

    History history() {
      Cells cells = items.cells();
      boolean[] marks = new boolean[cells.size()];
      for (int i = 0; i < marks.length; i++) {
        marks[i] = counted.contains(cells.ids()[i]);
      }
      return new History(cells, marks);
    }

    @Override
    public int size() {
      return items.size() + counted.size();
    }
  }
}
