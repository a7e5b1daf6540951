package io.kappa.common.sink;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;

/** Something that must still hold at the moment in which rows become visible. */
public interface CommitGuard extends Serializable, Closeable {

  /**
   * @throws RuntimeException if it doesn't hold any more; the run then stops for good, with the
   *     exception's message as its cause
   * @throws IOException if that can't be said at the moment; the run then tries again
   */
  void check() throws IOException;

  @Override
  void close();
}
