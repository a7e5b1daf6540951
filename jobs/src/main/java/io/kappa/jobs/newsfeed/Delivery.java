package io.kappa.jobs.newsfeed;

import java.util.List;

/**
 * A post comes into the feeds of some users, or is taken back out of them.
 *
 * @param userIds at least one, all of one subtask; the first one says of which
 * @param text {@code null}: taken back
 */
public record Delivery(List<String> userIds, PostKey post, String text) {

  /** Where it goes to. */
  String address() {
    return userIds.get(0);
  }
}
