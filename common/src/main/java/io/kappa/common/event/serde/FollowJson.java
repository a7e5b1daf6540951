package io.kappa.common.event.serde;

import static io.kappa.common.event.serde.FieldReader.required;

import io.kappa.common.event.Follow;
import java.io.IOException;
import java.util.Optional;

/** {@link Follow} as JSON. */
final class FollowJson extends JsonCodec<Follow> {

  private static final long serialVersionUID = 1L;

  @Override
  Follow read(FieldReader in) throws IOException, Rejection {
    String followerId = null;
    String followeeId = null;
    Boolean active = null;
    Long at = null;
    while (in.next()) {
      switch (in.name()) {
        case "followerId" -> followerId = in.id(followerId);
        case "followeeId" -> followeeId = in.id(followeeId);
        case "active" -> active = in.flag(active);
        case "at" -> at = in.moment(at);
        default -> in.skip();
      }
    }
    return new Follow(
        required("followerId", followerId),
        required("followeeId", followeeId),
        required("active", active),
        required("at", at));
  }

  @Override
  void write(Follow event, FieldWriter out) throws IOException {
    out.text("followerId", event.followerId());
    out.text("followeeId", event.followeeId());
    out.flag("active", event.active());
    out.number("at", event.at());
  }

  @Override
  public Optional<String> key(Follow event) {
    return Optional.of(event.followerId());
  }
}
