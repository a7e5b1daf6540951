package io.kappa.jobs.newsfeed;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The posts that came lately, so that all feeds of a subtask hold the same objects. A post comes
 * once from each shard of its author, and each time with a text of its own: where state is kept on
 * the heap, that is most of it.
 */
final class SharedPosts {

  /** Shards are served one after the other, so what comes again comes soon. */
  private static final int MOST = 20_000;

  private final Map<PostKey, PostText> lately = new LinkedHashMap<>();

  /** The post as it came before, or else as it comes now. */
  PostText of(PostKey key, String text) {
    PostText known = lately.get(key);
    if (known != null && known.text().equals(text)) {
      return known;
    }
    PostText shown = new PostText(key, text);
    if (known == null && lately.size() == MOST) {
      lately.remove(lately.keySet().iterator().next());
    }
    lately.put(key, shown);
    return shown;
  }
}
