package io.kappa.control.cutover;

import static io.kappa.control.TestStore.JOB;
import static io.kappa.control.cutover.Versioned.name;

import io.kappa.control.Refusal;
import io.kappa.control.TestStore;
import io.kappa.control.cutover.Intent.Way;
import io.kappa.control.version.Phase;
import io.kappa.local.junit.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Version 2 is live, 1 stands by, 3 is ready. In each round operators look all at once and then act
 * all at once: cut over to 3, roll back to 1, retire 1, abort 3.
 */
final class OperatorsRace {

  private final TestStore store;
  private final Versioned versions;
  private final Random random;
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

  private OperatorsRace(TestStore store, Random random) throws Exception {
    this.store = store;
    this.versions = Versioned.in(store).with(2, Phase.STANDBY).with(3, Phase.READY);
    this.random = random;
  }

  /** What went wrong in so many rounds. */
  static List<String> rounds(LocalStack stack, int rounds, Random random) throws Exception {
    OperatorsRace race = new OperatorsRace(TestStore.in(stack.freshDatabase()), random);
    for (int i = 0; i < rounds; i++) {
      race.round();
    }
    return race.wrong;
  }

  private void round() throws Exception {
    versions.phase(1, Phase.STANDBY);
    versions.phase(2, Phase.LIVE);
    versions.phase(3, Phase.READY);
    store.run("kappa_owner", "UPDATE kappa.pointer SET live = 2");
    long generation = generation();
    List<Callable<Boolean>> acts =
        new ArrayList<>(
            List.of(act(Way.CUT_OVER), act(Way.ROLL_BACK), retire(), abort(), act(Way.CUT_OVER)));
    Collections.shuffle(acts, random);
    CyclicBarrier start = new CyclicBarrier(acts.size());
    ExecutorService threads = Executors.newFixedThreadPool(acts.size());
    try {
      List<Future<Boolean>> outcomes = new ArrayList<>();
      for (Callable<Boolean> act : acts) {
        outcomes.add(
            threads.submit(
                () -> {
                  start.await();
                  return act.call();
                }));
      }
      int winners = 0;
      for (Future<Boolean> outcome : outcomes) {
        winners += outcome.get(1, TimeUnit.MINUTES) ? 1 : 0;
      }
      check(winners, generation);
    } finally {
      threads.shutdownNow();
    }
  }

  private Callable<Boolean> act(Way way) {
    Switch operator = new Switch(store.owner(), (candidate, live) -> Optional.empty(), "ann");
    Intent intent = operator.look(JOB, way);
    return () -> wins(() -> operator.make(intent, Optional.empty(), Duration.ofMinutes(1)));
  }

  private Callable<Boolean> retire() {
    Ending ending = new Ending(store.owner(), "bob");
    Ending.Plan plan = ending.ofFormer(name(1), Duration.ofDays(1));
    return () -> wins(() -> ending.mark(plan));
  }

  private Callable<Boolean> abort() {
    Ending ending = new Ending(store.owner(), "eve");
    Ending.Plan plan = ending.ofCandidate(JOB);
    return () -> wins(() -> ending.mark(plan));
  }

  private boolean wins(Runnable act) {
    try {
      act.run();
      return true;
    } catch (Refusal told) {
      if (!told.getMessage().startsWith("Somebody else was faster")) {
        wrong.add(told.getMessage());
      }
      return false;
    }
  }

  private void check(int winners, long before) throws Exception {
    long noted =
        store.rows("kappa_owner", "SELECT detail ->> 'generation' FROM kappa.audit").stream()
            .filter(generation -> generation.equals(Long.toString(before + 1)))
            .count();
    if (winners != 1 || noted != 1 || generation() != before + 1) {
      wrong.add(
          "%d winners, %d audit entries, generation %d after %d"
              .formatted(winners, noted, generation(), before));
    }
    List<String> allowed =
        Arrays.asList(
            "1:STANDBY 2:STANDBY 3:LIVE 3",
            "1:LIVE 2:STANDBY 3:READY 1",
            "1:RETIRED 2:LIVE 3:READY 2",
            "1:STANDBY 2:LIVE 3:ABORTED 2");
    String state = versions.state().replaceFirst("/.*", "");
    if (!allowed.contains(state)) {
      wrong.add("between two: " + state);
    }
  }

  private long generation() throws Exception {
    return Long.parseLong(store.rows("kappa_owner", "SELECT generation FROM kappa.pointer").get(0));
  }
}
