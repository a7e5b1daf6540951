package io.kappa.local.data;

import io.kappa.common.event.Activity;
import io.kappa.common.event.Activity.Kind;
import io.kappa.common.event.serde.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Visitors of a shop that also plays films: sessions of users with skewed items; returns follow
 * purchases.
 */
public final class ActivityGenerator implements EventModel<Activity> {

  private static final int OPEN_SESSIONS = 1024;
  private static final int LONGEST_SESSION = 24;
  private static final int REMEMBERED_PURCHASES = 1024;
  private static final double RETURNED = 0.08;

  /** As many entries as a kind has hundredths. */
  private static final Kind[] KINDS = kinds();

  private static final List<String> DEVICES = List.of("phone", "phone", "phone", "desktop", "tv");
  private static final List<String> COUNTRIES =
      List.of("DE", "DE", "DE", "FR", "FR", "US", "US", "US", "GB", "GB", "BR", "IN", "JP", "NL");

  private static final class Session {
    private String user;
    private String country;
    private String device;
    private int item;
    private int left;
  }

  private final SplittableRandom random;
  private final GeneratorSettings settings;
  private final Zipf popularity;
  private final Session[] sessions = new Session[OPEN_SESSIONS];
  private final Activity[] purchases = new Activity[REMEMBERED_PURCHASES];

  private ActivityGenerator(GeneratorSettings settings, SplittableRandom random) {
    this.settings = settings;
    this.random = random;
    this.popularity = new Zipf(settings.items(), settings.skew());
    for (int i = 0; i < sessions.length; i++) {
      sessions[i] = new Session();
    }
  }

  /** The records of a generated topic {@code activity}, without end. */
  public static RecordStream<Activity> records(GeneratorSettings settings) {
    SplittableRandom random = new SplittableRandom(settings.seed());
    ActivityGenerator model = new ActivityGenerator(settings, random.split());
    return new RecordStream<>(Topics.ACTIVITY, settings, random, model);
  }

  @Override
  public Activity next(String id, long at) {
    Session session = sessions[random.nextInt(sessions.length)];
    if (session.left == 0) {
      begin(session);
    }
    session.left--;
    Kind kind = KINDS[random.nextInt(KINDS.length)];
    if (kind == Kind.VIEW) {
      session.item = popularity.draw(random);
    }
    return switch (kind) {
      case VIEW -> watched(id, at, session, kind, 120_000);
      case PLAY -> watched(id, at, session, kind, 5_400_000);
      case PURCHASE -> purchaseOrReturn(id, at, session);
      default -> event(id, at, session, kind, null, null, null);
    };
  }

  private void begin(Session session) {
    double place = random.nextDouble();
    int user = (int) (place * place * settings.users());
    boolean anonymous = random.nextDouble() < settings.shares().anonymous();
    session.user = anonymous ? null : "u" + user;
    session.country = COUNTRIES.get(Math.floorMod(user * 0x9E3779B9, COUNTRIES.size()));
    session.device = DEVICES.get(random.nextInt(DEVICES.size()));
    session.item = popularity.draw(random);
    session.left = 1 + random.nextInt(LONGEST_SESSION);
  }

  /** Short times are likelier than long ones. */
  private Activity watched(String id, long at, Session session, Kind kind, int longestMs) {
    long durationMs = (long) random.nextInt(longestMs) * random.nextInt(1000) / 1000;
    return event(id, at, session, kind, durationMs, null, null);
  }

  private Activity purchaseOrReturn(String id, long at, Session session) {
    int place = random.nextInt(purchases.length);
    Activity before = purchases[place];
    if (before != null && before.at() < at && random.nextDouble() < RETURNED) {
      purchases[place] = null;
      return returned(id, at, before);
    }
    long quantity = 1L + random.nextInt(3);
    Activity purchase =
        event(id, at, session, Kind.PURCHASE, null, quantity, quantity * priceCents(session.item));
    purchases[place] = purchase;
    return purchase;
  }

  private static Activity returned(String id, long at, Activity purchase) {
    return new Activity(
        id,
        purchase.userId(),
        purchase.itemId(),
        Kind.RETURN,
        at,
        null,
        -purchase.quantity(),
        -purchase.amountCents(),
        purchase.country(),
        purchase.device());
  }

  private static long priceCents(int item) {
    return 99L + Math.floorMod(item * 0x9E3779B9, 20_000);
  }

  private static Activity event(
      String id,
      long at,
      Session session,
      Kind kind,
      Long durationMs,
      Long quantity,
      Long amountCents) {
    return new Activity(
        id,
        session.user,
        "i" + session.item,
        kind,
        at,
        durationMs,
        quantity,
        amountCents,
        session.country,
        session.device);
  }

  private static Kind[] kinds() {
    Kind[] kinds = new Kind[100];
    fill(kinds, 0, Kind.VIEW);
    fill(kinds, 50, Kind.CLICK);
    fill(kinds, 68, Kind.PLAY);
    fill(kinds, 84, Kind.LIKE);
    fill(kinds, 91, Kind.SHARE);
    fill(kinds, 94, Kind.PURCHASE);
    return kinds;
  }

  private static void fill(Kind[] kinds, int from, Kind kind) {
    Arrays.fill(kinds, from, kinds.length, kind);
  }
}
