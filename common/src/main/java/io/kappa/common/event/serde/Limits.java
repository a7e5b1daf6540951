package io.kappa.common.event.serde;

/** What a field may hold at most. Whatever is beyond is a mistake of the producer, not an event. */
public final class Limits {

  /** The latest event time that is believed: the end of the year 9999, in milliseconds. */
  public static final long LATEST_AT = 253_402_300_799_999L;

  /** The longest id, name or code, in UTF-16 units. */
  public static final int ID_LENGTH = 256;

  /** The longest text of a post and the longest parameters of a rule, in UTF-16 units. */
  public static final int TEXT_LENGTH = 65_536;

  /** How deep the parameters of a rule may be nested. */
  public static final int PARAMETERS_DEPTH = 16;

  /**
   * The most, either way, that a quantity, a duration or an amount may be: 10^13. Sums of 900,000
   * of the largest still fit a {@code long}.
   */
  public static final long AMOUNT = 10_000_000_000_000L;

  private Limits() {}
}
