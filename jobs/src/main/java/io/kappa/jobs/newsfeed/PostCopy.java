package io.kappa.jobs.newsfeed;

/** A post on its way to one shard of its author's followers. */
public record PostCopy(String authorId, int shard, String postId, long at, String text) {}
