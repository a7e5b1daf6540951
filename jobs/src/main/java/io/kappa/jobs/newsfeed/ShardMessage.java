package io.kappa.jobs.newsfeed;

import io.kappa.common.event.Follow;
import java.util.List;

/**
 * What one shard of an author's followers is told: that there is a post, or that somebody begins or
 * ceases to follow.
 *
 * @param follow {@code null}: a post
 * @param posts the one post; with a follow event those that it may bring or take back
 * @param last whether all of those posts have come; if there are many, they come in several
 *     messages
 */
public record ShardMessage(
    String authorId, int shard, Follow follow, List<PostText> posts, boolean last) {

  static ShardMessage of(String authorId, int shard, PostText post) {
    return new ShardMessage(authorId, shard, null, List.of(post), true);
  }
}
