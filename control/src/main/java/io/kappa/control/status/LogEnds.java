package io.kappa.control.status;

import io.kappa.control.version.Frontier;
import java.util.Collection;
import java.util.Optional;

/** Where the log ends now. */
@FunctionalInterface
public interface LogEnds {

  /** The ends of these topics for readers of what is committed; empty if the broker is away. */
  Optional<Frontier> of(Collection<String> topics);
}
