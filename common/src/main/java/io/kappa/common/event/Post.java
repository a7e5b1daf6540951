package io.kappa.common.event;

/**
 * Somebody wrote something: one record of the topic {@code posts}.
 *
 * @param postId names the post; copies of it carry the same
 * @param authorId who wrote it
 * @param at milliseconds since the epoch, UTC
 * @param lang as the producer calls it; {@code null} where it isn't known
 */
public record Post(String postId, String authorId, String text, long at, String lang)
    implements Event {}
