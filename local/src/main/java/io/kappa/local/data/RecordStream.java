package io.kappa.local.data;

import io.kappa.common.event.Event;
import io.kappa.common.event.serde.EventEncoder;
import io.kappa.common.event.serde.Topic;
import io.kappa.common.event.serde.Topics;
import io.kappa.local.data.GeneratorSettings.Shares;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/**
 * The records of a generated topic, without end: events of a model, put into event time and given
 * the flaws that the settings ask for. A pure function of settings and model.
 */
public final class RecordStream<E extends Event> implements Iterator<Message> {

  /** How much older than its neighbours an event that is out of order may be, in milliseconds. */
  static final long MOST_OUT_OF_ORDER = TimeUnit.HOURS.toMillis(2);

  /** How much older than its neighbours a late event is at least, in milliseconds. */
  static final long LEAST_LATE = TimeUnit.HOURS.toMillis(25);

  /** How much older than {@link #LEAST_LATE} it may be, in milliseconds. */
  static final long LATE_SPREAD = TimeUnit.HOURS.toMillis(48);

  private static final long COPIED_WITHIN = TimeUnit.HOURS.toNanos(1);
  private static final int MOST_REMEMBERED = 4096;

  private final Topic<E> topic;
  private final EventEncoder<E> encoder;
  private final GeneratorSettings settings;
  private final EventModel<E> model;
  private final LongUnaryOperator schedule;
  private final int flawless;
  private final SplittableRandom random;
  private final Damage damage;
  private final String run;
  private final int mostRemembered;
  private final List<GeneratedRecord<E>> recent = new ArrayList<>();
  private long made;
  private long remembered;

  /** Records that follow each other by the settings' step. */
  RecordStream(
      Topic<E> topic, GeneratorSettings settings, SplittableRandom random, EventModel<E> model) {
    this(topic, settings, random, model, settings::moment, 0);
  }

  /**
   * @param schedule the number of a record, from 0 -> its moment in event time; never goes back
   * @param flawless how many records at the beginning have no flaw
   */
  RecordStream(
      Topic<E> topic,
      GeneratorSettings settings,
      SplittableRandom random,
      EventModel<E> model,
      LongUnaryOperator schedule,
      int flawless) {
    this.topic = topic;
    this.encoder = Topics.encoder(topic);
    this.settings = settings;
    this.model = model;
    this.schedule = schedule;
    this.flawless = flawless;
    this.random = random;
    this.damage = new Damage(random.split(), topic.decoder());
    this.run = Long.toString(settings.fingerprint() >>> 1, 36);
    long perHour = COPIED_WITHIN / Math.max(1, settings.stepNanos());
    this.mostRemembered = (int) Math.max(1, Math.min(MOST_REMEMBERED, perHour));
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public Message next() {
    return nextRecord().message();
  }

  Topic<E> topic() {
    return topic;
  }

  /** The moment of the next record. */
  long moment() {
    return schedule.applyAsLong(made);
  }

  GeneratedRecord<E> nextRecord() {
    long moment = moment();
    long number = made++;
    Shares shares = number < flawless ? Shares.NONE : settings.shares();
    if (remembered > 0 && chance(shares.duplicates())) {
      return recent.get(random.nextInt(recent.size())).copiedAt(moment);
    }
    E event = model.next(run + '-' + Long.toString(number, 36), disordered(moment, shares));
    byte[] key = encoder.key(event).map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
    byte[] value = encoder.encode(event);
    if (chance(shares.broken())) {
      Message broken = new Message(key, damage.done(value));
      return new GeneratedRecord<>(topic, broken, moment, event, true, false);
    }
    Message message = new Message(key, value);
    return remember(new GeneratedRecord<>(topic, message, moment, event, false, false));
  }

  private GeneratedRecord<E> remember(GeneratedRecord<E> record) {
    int place = (int) (remembered++ % mostRemembered);
    if (place == recent.size()) {
      recent.add(record);
    } else {
      recent.set(place, record);
    }
    return record;
  }

  private long disordered(long at, Shares shares) {
    double share = random.nextDouble();
    if (share < shares.late()) {
      return at - LEAST_LATE - random.nextLong(LATE_SPREAD);
    }
    if (share < shares.late() + shares.outOfOrder()) {
      return at - 1 - random.nextLong(MOST_OUT_OF_ORDER);
    }
    return at;
  }

  private boolean chance(double share) {
    return share > 0 && random.nextDouble() < share;
  }
}
