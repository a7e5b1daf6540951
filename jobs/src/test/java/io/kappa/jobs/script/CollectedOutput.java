package io.kappa.jobs.script;

import java.util.ArrayList;
import java.util.List;

/** Keeps all that an operator sends, in its order; the harness's own can't type {@code Change}. */
public final class CollectedOutput<T> extends RoutedOutput<T> {

  private final List<Object> sent;

  public CollectedOutput() {
    this(new ArrayList<>());
  }

  private CollectedOutput(List<Object> sent) {
    super((output, value) -> sent.add(value));
    this.sent = sent;
  }

  /** Everything sent so far, watermarks too. */
  public List<Object> sent() {
    return List.copyOf(sent);
  }
}
