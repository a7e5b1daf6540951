package io.kappa.jobs.frauddetection.rules;

/** Ends the reading of a rule that is none. Has no stack trace: a log may be full of them. */
final class BadRule extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 120;

  BadRule(String field, String seen, String allowed) {
    super("%s: %s; allowed: %s".formatted(field, shortened(seen), allowed), null, false, false);
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(LONGEST - 1));
    return text.substring(0, splits ? LONGEST - 1 : LONGEST) + "…";
  }
}
