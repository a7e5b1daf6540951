package io.kappa.jobs.trending;

import io.kappa.common.table.Column;
import io.kappa.common.table.Table;

/**
 * A row of {@code hashtag_buckets}: a tag in five minutes.
 *
 * @param bucket the first millisecond of the five minutes
 */
public record HashtagBucket(String tag, long bucket, long posts, long authors) {

  static final Table<HashtagBucket> TABLE =
      Table.named(
              "hashtag_buckets", HashtagBucket.class, "How often a tag was used in five minutes")
          .key(Column.text("tag", HashtagBucket::tag, "the tag, folded, without #"))
          .key(Column.timestamp("bucket", HashtagBucket::bucket, "when the five minutes began"))
          .column(Column.bigint("posts", HashtagBucket::posts, "posts with the tag"))
          .column(Column.bigint("authors", HashtagBucket::authors, "different authors of them"))
          .build();
}
