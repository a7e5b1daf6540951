package io.kappa.peers.hazelcast;

import java.util.List;

/** Folds events by item, over all hours and by hour. */
final class ItemFold extends Fold<ItemState> {

  private final UserNumbers users = new UserNumbers();

  @Override
  String key(Activity event) {
    return event.item();
  }

  @Override
  ItemState newState(String key) {
    return new ItemState(key, users);
  }

  @Override
  Rows take(List<ItemState> states, int hours) {
    return ItemRows.take(states, hours);
  }
}
