package io.kappa.local.data;

import io.kappa.common.event.Post;
import io.kappa.common.event.serde.Topics;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Users who write short texts with hashtags that come and go. */
final class PostModel implements EventModel<Post> {

  private static final double BY_POPULARITY = 0.01;
  private static final double TAGGED_TWICE_THE_SAME = 0.03;

  /** How many tags a post has. */
  private static final int[] TAGS = {0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 4};

  private static final List<String> BEGINNINGS =
      List.of(
          "so good to see",
          "can't stop thinking about",
          "what a day for",
          "anybody else into",
          "hot take on",
          "finally some time for",
          "more of this:",
          "nobody talks about",
          "first try at",
          "not sure what to make of",
          "best of today:",
          "still in love with");

  private static final List<String> ENDS =
      List.of("", "", "", " again", " with friends", " this morning", " – more soon", " 🎉");

  /** One of them says nothing. */
  private static final List<String> LANGUAGES =
      List.of("en", "en", "en", "en", "de", "fr", "es", "ja", "ru", "");

  private final Authors authors;
  private final Trends trends;
  private final SplittableRandom random;

  private PostModel(WorldSettings world, SplittableRandom random) {
    this.authors = new Authors(world);
    this.trends = new Trends(world);
    this.random = random;
  }

  /** The records of a generated topic {@code posts}, without end. */
  static RecordStream<Post> records(WorldSettings world) {
    GeneratorSettings settings = world.of(Topics.POSTS);
    SplittableRandom random = new SplittableRandom(settings.seed());
    PostModel model = new PostModel(world, random.split());
    return new RecordStream<>(
        Topics.POSTS, settings, random, model, settings::moment, World.FLAWLESS_AT_FIRST);
  }

  @Override
  public Post next(String id, long at) {
    int author =
        random.nextDouble() < BY_POPULARITY ? authors.popular(random) : authors.active(random);
    String language = LANGUAGES.get(random.nextInt(LANGUAGES.size()));
    return new Post(id, "u" + author, text(at), at, language.isEmpty() ? null : language);
  }

  private String text(long at) {
    StringBuilder text = new StringBuilder(BEGINNINGS.get(random.nextInt(BEGINNINGS.size())));
    int tags = TAGS[random.nextInt(TAGS.length)];
    for (int i = 0; i < tags; i++) {
      String tag = trends.tag(at, random);
      text.append(" #").append(spelled(tag));
      if (random.nextDouble() < TAGGED_TWICE_THE_SAME) {
        text.append(" #").append(spelled(tag));
      }
    }
    return text.append(ENDS.get(random.nextInt(ENDS.size()))).toString();
  }

  /** People spell tags with small and large letters as they like. */
  private String spelled(String tag) {
    return switch (random.nextInt(8)) {
      case 0 -> tag.toUpperCase(Locale.ROOT);
      case 1 -> tag.substring(0, 1).toUpperCase(Locale.ROOT) + tag.substring(1);
      default -> tag;
    };
  }
}
