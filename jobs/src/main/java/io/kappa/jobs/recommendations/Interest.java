package io.kappa.jobs.recommendations;

import io.kappa.common.event.Activity;

/**
 * What is left of an {@link Activity} here: somebody was interested in an item.
 *
 * @param at milliseconds since the epoch, UTC
 */
public record Interest(String itemId, String userId, long at) {

  static Interest of(Activity activity) {
    return new Interest(activity.itemId(), activity.userId(), activity.at());
  }
}
