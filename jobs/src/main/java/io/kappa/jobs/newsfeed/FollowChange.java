package io.kappa.jobs.newsfeed;

/** A follow event on its way to the shard of the author's followers that the follower is in. */
public record FollowChange(
    String authorId, int shard, String followerId, boolean active, long at) {}
