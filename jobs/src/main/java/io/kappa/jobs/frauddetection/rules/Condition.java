package io.kappa.jobs.frauddetection.rules;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * When a rule finds something in a payment: a pure function of the payment and of what happened
 * within the window before it. A window of a payment at t is what has {@code t - window < at <= t},
 * the payment and others of the same moment included. Whole numbers only.
 */
public sealed interface Condition extends Serializable {

  /** Whose payments it looks at. */
  Scope scope();

  /** How far it looks back, in milliseconds. */
  long window();

  /** What it finds, in words; nothing where the payment is as it should be. */
  Optional<String> finding(Payment payment, Evidence evidence);

  /** The amount is above a bound. */
  record AmountAbove(long cents) implements Condition {

    @Override
    public Scope scope() {
      return Scope.ACCOUNT;
    }

    @Override
    public long window() {
      return 0;
    }

    @Override
    public Optional<String> finding(Payment payment, Evidence evidence) {
      return payment.amountCents() > cents
          ? Optional.of("amount " + payment.amountCents() + ", above " + cents)
          : Optional.empty();
    }
  }

  /** What an account, or a terminal, paid within the window is above a bound. */
  record SumAbove(Scope scope, long window, long cents) implements Condition {

    @Override
    public Optional<String> finding(Payment payment, Evidence evidence) {
      Totals totals = evidence.totals(payment.at() - window, payment.at());
      return totals.cents() > cents
          ? Optional.of(
              "sum %d of the %s within %s, above %d"
                  .formatted(totals.cents(), scope, Lengths.text(window), cents))
          : Optional.empty();
    }
  }

  /** How often an account, or a terminal, paid within the window is above a bound. */
  record CountAbove(Scope scope, long window, long count) implements Condition {

    @Override
    public Optional<String> finding(Payment payment, Evidence evidence) {
      Totals totals = evidence.totals(payment.at() - window, payment.at());
      return totals.count() > count
          ? Optional.of(
              "count %d of the %s within %s, above %d"
                  .formatted(totals.count(), scope, Lengths.text(window), count))
          : Optional.empty();
    }
  }

  /**
   * The amount is many times the average of what the account paid earlier within the window: of
   * payments with {@code t - window < at < t}. An average that isn't positive is none.
   *
   * @param thousandths how many times, in thousandths
   * @param atLeast so many earlier payments make an average
   * @param cents amounts up to this are never too large
   */
  record AverageAbove(long window, long thousandths, long atLeast, long cents)
      implements Condition {

    private static final long ONE = 1_000;

    @Override
    public Scope scope() {
      return Scope.ACCOUNT;
    }

    @Override
    public Optional<String> finding(Payment payment, Evidence evidence) {
      if (payment.amountCents() <= cents) {
        return Optional.empty();
      }
      Totals earlier = evidence.totals(payment.at() - window, payment.at() - 1);
      boolean isAverage = earlier.count() >= atLeast && earlier.cents() > 0;
      return isAverage && isAbove(payment.amountCents(), earlier)
          ? Optional.of(
              "amount %d, above %s times the average of %d within %s (sum %d)"
                  .formatted(
                      payment.amountCents(),
                      Thousandths.text(thousandths),
                      earlier.count(),
                      Lengths.text(window),
                      earlier.cents()))
          : Optional.empty();
    }

    /** amount > times * sum / count, with no division and in 128 bits. */
    private boolean isAbove(long amount, Totals earlier) {
      long scaled = amount * ONE;
      long high = Math.multiplyHigh(scaled, earlier.count());
      long otherHigh = Math.multiplyHigh(thousandths, earlier.cents());
      return high == otherHigh
          ? Long.compareUnsigned(scaled * earlier.count(), thousandths * earlier.cents()) > 0
          : high > otherHigh;
    }
  }

  /** The account was used at more different terminals within the window than a bound. */
  record TerminalsAbove(long window, int count) implements Condition {

    @Override
    public Scope scope() {
      return Scope.ACCOUNT;
    }

    @Override
    public Optional<String> finding(Payment payment, Evidence evidence) {
      Set<String> terminals = new HashSet<>();
      evidence.terminalsNewestFirst(
          payment.at() - window,
          payment.at(),
          terminal -> terminals.add(terminal) && terminals.size() > count);
      return terminals.size() > count
          ? Optional.of("more than %d terminals within %s".formatted(count, Lengths.text(window)))
          : Optional.empty();
    }
  }

  /**
   * The account was used in two regions within the window. Events say no place: a terminal's region
   * is what its id begins with.
   *
   * @param regionLength how many characters of a terminal's id name its region
   */
  record FarApart(long window, int regionLength) implements Condition {

    @Override
    public Scope scope() {
      return Scope.ACCOUNT;
    }

    @Override
    public Optional<String> finding(Payment payment, Evidence evidence) {
      String here = region(payment.terminalId());
      String[] elsewhere = new String[1];
      evidence.terminalsNewestFirst(
          payment.at() - window,
          payment.at(),
          terminal -> {
            String region = region(terminal);
            elsewhere[0] = region.equals(here) ? null : region;
            return elsewhere[0] != null;
          });
      return elsewhere[0] == null
          ? Optional.empty()
          : Optional.of(
              "in %s and in %s within %s".formatted(elsewhere[0], here, Lengths.text(window)));
    }

    private String region(String terminalId) {
      return terminalId.codePointCount(0, terminalId.length()) <= regionLength
          ? terminalId
          : terminalId.substring(0, terminalId.offsetByCodePoints(0, regionLength));
    }
  }

  /** Fraud was confirmed at the terminal within the window, and that still stands. */
  record TerminalSuspected(long window, int confirmed) implements Condition {

    @Override
    public Scope scope() {
      return Scope.TERMINAL;
    }

    @Override
    public Optional<String> finding(Payment payment, Evidence evidence) {
      return evidence.hasConfirmed(confirmed, payment.at() - window, payment.at())
          ? Optional.of(
              "fraud confirmed at the terminal within %s: %d or more"
                  .formatted(Lengths.text(window), confirmed))
          : Optional.empty();
    }
  }
}
