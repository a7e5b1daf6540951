package io.kappa.jobs.trending;

/**
 * Posts to be added to a tag in one window.
 *
 * @param window the number of its last bucket
 */
public record TagShare(int window, String tag, long posts) {}
