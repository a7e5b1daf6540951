package io.kappa.jobs.trending;

/** A post as one of its tags sees it: only this is sent between machines. */
public record TaggedPost(String tag, int bucket, String postId, String authorId) {}
