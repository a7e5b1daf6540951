package io.kappa.jobs.script;

import io.kappa.common.event.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * Which records of a partition count, told as plainly as can be and with nothing of the product: an
 * event more than the lateness behind the highest before it is late, one more than the future ahead
 * of its broker timestamp is from the future; neither raises the highest.
 *
 * @param lateness milliseconds
 * @param future milliseconds
 */
public record EventTimeOracle(long lateness, long future) {

  /**
   * A record with the event that it stands for.
   *
   * @param event {@code null} where the bytes are none
   */
  public record Written<E extends Event>(LoggedRecord record, E event) {}

  /** A record with what has to become of it: {@code on time}, or why it's quarantined. */
  public record Judged<E extends Event>(Written<E> written, String verdict) {

    /** Whether the job gets it. */
    public boolean onTime() {
      return verdict.equals("on time");
    }

    /** The same record with another verdict. */
    Judged<E> but(String other) {
      return new Judged<>(written, other);
    }
  }

  /** Judges the records of one partition, which come in the order of their offsets. */
  public <E extends Event> List<Judged<E>> judge(List<Written<E>> partition) {
    List<Judged<E>> judged = new ArrayList<>();
    for (Written<E> written : partition) {
      long highest =
          judged.stream()
              .filter(Judged::onTime)
              .mapToLong(before -> before.written().event().at())
              .max()
              .orElse(Long.MIN_VALUE);
      judged.add(new Judged<>(written, verdict(written, highest)));
    }
    return judged;
  }

  private <E extends Event> String verdict(Written<E> written, long highest) {
    if (written.event() == null) {
      return "broken";
    }
    long at = written.event().at();
    if (at > written.record().timestamp() + future) {
      return "future";
    }
    boolean late = highest != Long.MIN_VALUE && at < highest - lateness;
    return late ? "late" : "on time";
  }
}
