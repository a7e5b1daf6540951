package io.kappa.jobs.recommendations;

/**
 * What is to be added to what each of some users may be recommended.
 *
 * @param users at least one, all of one subtask; the first one says of which
 * @param items by item, {@link Halves}: to its score in millionths, and 1 or -1 where it came into
 *     the users' history or left it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record UserShare(String[] users, Cells items) {

  /** Where it goes to. */
  String address() {
    return users[0];
  }
}
