package io.kappa.jobs.newsfeed;

/**
 * A post and what it says; of copies that differ, what the first one says.
 *
 * @param key which post it is
 */
public record PostText(PostKey key, String text) {}
