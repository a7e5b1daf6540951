package io.kappa.jobs.activitymetrics;

import io.kappa.common.event.Activity;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What is left of an {@link Activity} for the metrics: only this is sent between machines.
 *
 * @param key the event and its user
 * @param country {@code null} where the event has none
 * @param watchMs the duration of a view or play, else 0
 * @param quantity of a purchase or return, as the event says it; else 0
 * @param revenueCents of a purchase or return, as the event says it; else 0
 */
@TypeInfo(ItemEventTypeInfo.Factory.class)
public record ItemEvent(
    String itemId,
    EventKey key,
    String country,
    long at,
    long watchMs,
    long quantity,
    long revenueCents) {

  /** Reads an activity: watching counts for views and plays, trade for purchases and returns. */
  static ItemEvent of(Activity activity) {
    boolean watched = isWatching(activity);
    boolean traded = isTrade(activity);
    return new ItemEvent(
        activity.itemId(),
        EventKey.of(activity.userId(), activity.eventId()),
        activity.country(),
        activity.at(),
        watched ? orZero(activity.durationMs()) : 0,
        traded ? orZero(activity.quantity()) : 0,
        traded ? orZero(activity.amountCents()) : 0);
  }

  /** Whether somebody looked at or listened to the item. */
  static boolean isWatching(Activity activity) {
    return switch (activity.kind()) {
      case VIEW, PLAY -> true;
      case CLICK, LIKE, SHARE, PURCHASE, RETURN -> false;
    };
  }

  private static boolean isTrade(Activity activity) {
    return switch (activity.kind()) {
      case PURCHASE, RETURN -> true;
      case VIEW, PLAY, CLICK, LIKE, SHARE -> false;
    };
  }

  private static long orZero(Long value) {
    return value == null ? 0 : value;
  }
}
