package io.kappa.common.event.serde;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Event;
import io.kappa.common.event.Follow;
import io.kappa.common.event.Label;
import io.kappa.common.event.Post;
import io.kappa.common.event.Rule;
import io.kappa.common.event.Transaction;
import java.util.List;
import java.util.Optional;

/** The topics of the log. */
public final class Topics {

  public static final Topic<Activity> ACTIVITY =
      new Topic<>("activity", Activity.class, "userId", new ActivityJson());

  public static final Topic<Post> POSTS =
      new Topic<>("posts", Post.class, "authorId", new PostJson());

  public static final Topic<Follow> FOLLOWS =
      new Topic<>("follows", Follow.class, "followerId", new FollowJson());

  public static final Topic<Transaction> TRANSACTIONS =
      new Topic<>("transactions", Transaction.class, "accountId", new TransactionJson());

  public static final Topic<Label> LABELS =
      new Topic<>("labels", Label.class, "accountId", new LabelJson());

  public static final Topic<Rule> RULES =
      new Topic<>("rules", Rule.class, "ruleId", new RuleJson());

  private static final List<Topic<?>> ALL =
      List.of(ACTIVITY, POSTS, FOLLOWS, TRANSACTIONS, LABELS, RULES);

  private Topics() {}

  /** All topics, in the order of their declaration. */
  public static List<Topic<?>> all() {
    return ALL;
  }

  /** The topic of that name, if there is one. */
  public static Optional<Topic<?>> named(String name) {
    return ALL.stream().<Topic<?>>map(topic -> topic).filter(t -> t.name().equals(name)).findAny();
  }

  /**
   * How events of the topic are written.
   *
   * @throws IllegalArgumentException if the topic is none of {@link #all()}
   */
  public static <E extends Event> EventEncoder<E> encoder(Topic<E> topic) {
    if (topic.decoder() instanceof JsonCodec<E> codec) {
      return codec;
    }
    throw new IllegalArgumentException(
        "topic %s: nobody knows how to write its events; there is %s".formatted(topic, ALL));
  }
}
