package io.kappa.jobs.recommendations;

import io.kappa.common.table.Column;
import io.kappa.common.table.Table;

/**
 * A row of {@code similar_items}: one of the items most similar to an item.
 *
 * @param rank 1 is the most similar
 * @param score the cosine, over 0 and up to 1
 * @param together users in common
 */
public record SimilarItem(
    String itemId, int rank, String otherItemId, double score, long together) {

  static final Table<SimilarItem> TABLE =
      Table.named("similar_items", SimilarItem.class, "Items that the same users were drawn to")
          .key(Column.text("item_id", SimilarItem::itemId, "the item"))
          .key(Column.integer("rank", SimilarItem::rank, "1 is the most similar, 20 the least"))
          .column(Column.text("other_item_id", SimilarItem::otherItemId, "the similar item"))
          .column(Column.real("score", SimilarItem::score, "cosine of the two sets of users"))
          .column(Column.bigint("together", SimilarItem::together, "users in common"))
          .build();
}
