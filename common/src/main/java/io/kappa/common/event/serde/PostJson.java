package io.kappa.common.event.serde;

import static io.kappa.common.event.serde.FieldReader.required;

import io.kappa.common.event.Post;
import java.io.IOException;
import java.util.Optional;

/** {@link Post} as JSON. */
final class PostJson extends JsonCodec<Post> {

  private static final long serialVersionUID = 1L;

  @Override
  Post read(FieldReader in) throws IOException, Rejection {
    String postId = null;
    String authorId = null;
    String text = null;
    Long at = null;
    String lang = null;
    while (in.next()) {
      switch (in.name()) {
        case "postId" -> postId = in.id(postId);
        case "authorId" -> authorId = in.id(authorId);
        case "text" -> text = in.text(text, Limits.TEXT_LENGTH);
        case "at" -> at = in.moment(at);
        case "lang" -> lang = in.id(lang);
        default -> in.skip();
      }
    }
    return new Post(
        required("postId", postId),
        required("authorId", authorId),
        required("text", text),
        required("at", at),
        lang);
  }

  @Override
  void write(Post event, FieldWriter out) throws IOException {
    out.text("postId", event.postId());
    out.text("authorId", event.authorId());
    out.text("text", event.text());
    out.number("at", event.at());
    out.text("lang", event.lang());
  }

  @Override
  public Optional<String> key(Post event) {
    return Optional.of(event.authorId());
  }
}
