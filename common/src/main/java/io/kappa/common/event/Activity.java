package io.kappa.common.event;

/**
 * Somebody did something with an item: one record of the topic {@code activity}. Fields that the
 * event doesn't have are {@code null}.
 *
 * @param eventId names the event; copies of it carry the same
 * @param userId who; {@code null} where nobody was signed in
 * @param at milliseconds since the epoch, UTC
 * @param durationMs how long, in milliseconds; 0 or more
 * @param quantity how many; negative on a return
 * @param amountCents money in minor units; negative on a return
 * @param country as the producer calls it
 * @param device as the producer calls it
 */
public record Activity(
    String eventId,
    String userId,
    String itemId,
    Kind kind,
    long at,
    Long durationMs,
    Long quantity,
    Long amountCents,
    String country,
    String device)
    implements Event {

  /** What was done. */
  public enum Kind {
    VIEW,
    PLAY,
    CLICK,
    LIKE,
    SHARE,
    PURCHASE,
    RETURN
  }
}
