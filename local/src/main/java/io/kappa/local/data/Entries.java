package io.kappa.local.data;

import java.io.IOException;

/** The entries of a file, one after the other. */
@FunctionalInterface
interface Entries {

  /** The next entry; {@code null} at the end. */
  Entry next() throws IOException;
}
