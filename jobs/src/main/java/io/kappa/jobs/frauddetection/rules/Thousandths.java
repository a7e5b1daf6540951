package io.kappa.jobs.frauddetection.rules;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers with up to three digits behind the point, counted in thousandths. */
final class Thousandths {

  private static final Pattern FORM = Pattern.compile("\\d{1,6}(\\.\\d{1,3})?");
  private static final int DIGITS = 3;

  private Thousandths() {}

  /** So many thousandths; nothing where the text is no such number. */
  static Optional<Long> of(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(new BigDecimal(text).movePointRight(DIGITS).longValueExact())
        : Optional.empty();
  }

  /** The one text of the number, without zeros at its end. */
  static String text(long thousandths) {
    return BigDecimal.valueOf(thousandths, DIGITS).stripTrailingZeros().toPlainString();
  }
}
