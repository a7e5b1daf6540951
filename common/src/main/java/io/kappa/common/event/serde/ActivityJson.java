package io.kappa.common.event.serde;

import static io.kappa.common.event.serde.FieldReader.required;

import io.kappa.common.event.Activity;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@link Activity} as JSON. */
final class ActivityJson extends JsonCodec<Activity> {

  private static final long serialVersionUID = 1L;

  private static final Map<String, Activity.Kind> KINDS = kinds();

  private static Map<String, Activity.Kind> kinds() {
    Map<String, Activity.Kind> kinds = new LinkedHashMap<>();
    for (Activity.Kind kind : Activity.Kind.values()) {
      kinds.put(text(kind), kind);
    }
    return Collections.unmodifiableMap(kinds);
  }

  private static String text(Activity.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  Activity read(FieldReader in) throws IOException, Rejection {
    String eventId = null;
    String userId = null;
    String itemId = null;
    Activity.Kind kind = null;
    Long at = null;
    Long durationMs = null;
    Long quantity = null;
    Long amountCents = null;
    String country = null;
    String device = null;
    while (in.next()) {
      switch (in.name()) {
        case "eventId" -> eventId = in.id(eventId);
        case "userId" -> userId = in.id(userId);
        case "itemId" -> itemId = in.id(itemId);
        case "kind" -> kind = in.kind(kind, KINDS);
        case "at" -> at = in.moment(at);
        case "durationMs" -> durationMs = in.integer(durationMs, 0, Limits.AMOUNT);
        case "quantity" -> quantity = in.amount(quantity);
        case "amountCents" -> amountCents = in.amount(amountCents);
        case "country" -> country = in.id(country);
        case "device" -> device = in.id(device);
        default -> in.skip();
      }
    }
    return new Activity(
        required("eventId", eventId),
        userId,
        required("itemId", itemId),
        required("kind", kind),
        required("at", at),
        durationMs,
        quantity,
        amountCents,
        country,
        device);
  }

  @Override
  void write(Activity event, FieldWriter out) throws IOException {
    out.text("eventId", event.eventId());
    out.text("userId", event.userId());
    out.text("itemId", event.itemId());
    out.text("kind", text(event.kind()));
    out.number("at", event.at());
    out.number("durationMs", event.durationMs());
    out.number("quantity", event.quantity());
    out.number("amountCents", event.amountCents());
    out.text("country", event.country());
    out.text("device", event.device());
  }

  @Override
  public Optional<String> key(Activity event) {
    return Optional.ofNullable(event.userId());
  }
}
