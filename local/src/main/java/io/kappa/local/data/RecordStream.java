package io.kappa.local.data;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.EventEncoder;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The records of a generated log, without end: events of a model, put into event time and given the
 * flaws that the settings ask for. A pure function of settings and model.
 */
public final class RecordStream<E extends Event> implements Iterator<Message> {

  private static final long MOST_OUT_OF_ORDER = TimeUnit.HOURS.toMillis(2);
  private static final long LEAST_LATE = TimeUnit.HOURS.toMillis(25);
  private static final long LATE_SPREAD = TimeUnit.HOURS.toMillis(48);
  private static final long COPIED_WITHIN = TimeUnit.HOURS.toNanos(1);
  private static final int MOST_REMEMBERED = 4096;

  private final EventEncoder<E> encoder;
  private final GeneratorSettings settings;
  private final EventModel<E> model;
  private final SplittableRandom random;
  private final Damage damage;
  private final String run;
  private final Message[] recent;
  private long made;
  private long remembered;

  RecordStream(
      Topic<E> topic, GeneratorSettings settings, SplittableRandom random, EventModel<E> model) {
    this.encoder = Topics.encoder(topic);
    this.settings = settings;
    this.model = model;
    this.random = random;
    this.damage = new Damage(random.split());
    this.run = Long.toString(settings.fingerprint() >>> 1, 36);
    long perHour = COPIED_WITHIN / Math.max(1, settings.stepNanos());
    this.recent = new Message[(int) Math.max(1, Math.min(MOST_REMEMBERED, perHour))];
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public Message next() {
    long number = made++;
    GeneratorSettings.Shares shares = settings.shares();
    if (remembered > 0 && chance(shares.duplicates())) {
      return recent[random.nextInt((int) Math.min(remembered, recent.length))];
    }
    E event = model.next(run + '-' + Long.toString(number, 36), disordered(moment(number)));
    byte[] key = encoder.key(event).map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
    byte[] value = encoder.encode(event);
    if (chance(shares.broken())) {
      return new Message(key, damage.done(value));
    }
    Message message = new Message(key, value);
    recent[(int) (remembered++ % recent.length)] = message;
    return message;
  }

  private long moment(long number) {
    return settings.startAt() + TimeUnit.NANOSECONDS.toMillis(number * settings.stepNanos());
  }

  private long disordered(long at) {
    double share = random.nextDouble();
    if (share < settings.shares().late()) {
      return at - LEAST_LATE - random.nextLong(LATE_SPREAD);
    }
    if (share < settings.shares().late() + settings.shares().outOfOrder()) {
      return at - 1 - random.nextLong(MOST_OUT_OF_ORDER);
    }
    return at;
  }

  private boolean chance(double share) {
    return share > 0 && random.nextDouble() < share;
  }
}
