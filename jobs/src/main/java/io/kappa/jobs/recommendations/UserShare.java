package io.kappa.jobs.recommendations;

import java.util.List;

/**
 * What is to be added to what each of some users may be recommended.
 *
 * @param users at least one, all of one subtask; the first one says of which
 * @param items by item, {@link Halves}: to its score in millionths, and 1 or -1 where it came into
 *     the users' history or left it
 */
public record UserShare(List<String> users, Cells items) {

  /** Where it goes to. */
  String address() {
    return users.get(0);
  }
}
