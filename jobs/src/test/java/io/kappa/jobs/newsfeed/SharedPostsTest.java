package io.kappa.jobs.newsfeed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedPostsTest {

  private final SharedPosts posts = new SharedPosts();

  @Test
  void aPostThatComesAgainIsTheSameObject() {
    PostText first = posts.of(key(1), text("hello"));

    assertThat(posts.of(key(1), text("hello"))).isSameAs(first);
    assertThat(posts.of(key(2), text("hello"))).isNotSameAs(first);
  }

  @Test
  void anotherTextIsNotTakenForIt() {
    posts.of(key(1), text("hello"));

    assertThat(posts.of(key(1), text("good-bye")).text()).isEqualTo("good-bye");
  }

  @Test
  void whatCameLongAgoIsForgotten() {
    PostText first = posts.of(key(0), text("hello"));
    for (int i = 1; i < 20_000; i++) {
      posts.of(key(i), text("hello"));
    }
    assertThat(posts.of(key(0), text("hello"))).isSameAs(first);

    posts.of(key(20_000), text("hello"));

    assertThat(posts.of(key(0), text("hello"))).isNotSameAs(first);
  }

  private static PostKey key(int at) {
    return new PostKey(at, "p" + at, "a");
  }

  private static String text(String of) {
    return String.valueOf(of.toCharArray());
  }
}
