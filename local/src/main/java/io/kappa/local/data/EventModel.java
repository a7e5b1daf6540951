package io.kappa.local.data;

import io.kappa.common.event.Event;

/** What happens in a generated world, one event after the other, without flaws. */
@FunctionalInterface
interface EventModel<E extends Event> {

  /**
   * The next event.
   *
   * @param id a text that no other event of any run has
   * @param at its event time, in milliseconds since the epoch
   */
  E next(String id, long at);
}
