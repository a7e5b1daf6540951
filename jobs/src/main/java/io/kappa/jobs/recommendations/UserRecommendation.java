package io.kappa.jobs.recommendations;

import io.kappa.common.table.Column;
import io.kappa.common.table.Table;

/**
 * A row of {@code user_recommendations}: one of the best items that a user hasn't had.
 *
 * @param rank 1 is the best
 * @param score the sum of its similarities to the user's newest items
 */
public record UserRecommendation(String userId, int rank, String itemId, double score) {

  static final Table<UserRecommendation> TABLE =
      Table.named(
              "user_recommendations",
              UserRecommendation.class,
              "Items like those that a user was drawn to last")
          .key(Column.text("user_id", UserRecommendation::userId, "the user"))
          .key(Column.integer("rank", UserRecommendation::rank, "1 is the best, 20 the last"))
          .column(Column.text("item_id", UserRecommendation::itemId, "the item"))
          .column(
              Column.real(
                  "score",
                  UserRecommendation::score,
                  "the sum of its similarities to the user's newest items, coarsely rounded"))
          .build();
}
