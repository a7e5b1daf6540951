package io.kappa.jobs.trending;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hashtags of a text: {@code #} and then letters, marks, digits and underscores of any script,
 * at least one of them a letter. Upper and lower case, and wide and narrow forms, are one tag.
 */
final class Hashtags {

  /** Longer ones are no tags, in UTF-16 units after folding. */
  static final int LONGEST = 100;

  /** So many of a post count at most: the first ones. */
  static final int MOST_OF_A_POST = 30;

  /** Not in the middle of a word, or of an entity of HTML that is given by its number. */
  private static final Pattern TAG =
      Pattern.compile("(?<![\\p{L}\\p{M}\\p{Nd}_&#])#([\\p{L}\\p{M}\\p{Nd}_]++)");

  private static final Pattern LETTER = Pattern.compile("\\p{L}");

  private Hashtags() {}

  /** Whether a text has one. */
  static boolean isIn(String text) {
    return !in(text).isEmpty();
  }

  /** The tags of a text, each once, without the {@code #}, in the order in which they come. */
  static Set<String> in(String text) {
    if (text.indexOf('#') < 0 && text.indexOf('\uFF03') < 0 && text.indexOf('\uFE5F') < 0) {
      return Set.of();
    }
    Set<String> tags = new LinkedHashSet<>();
    Matcher matcher = TAG.matcher(Normalizer.normalize(text, Form.NFKC));
    while (tags.size() < MOST_OF_A_POST && matcher.find()) {
      String tag = folded(matcher.group(1));
      if (tag.length() <= LONGEST && LETTER.matcher(tag).find()) {
        tags.add(tag);
      }
    }
    return tags;
  }

  /** By way of upper case, so that all forms of a letter meet: ß and SS, both small sigmas. */
  private static String folded(String tag) {
    return Normalizer.normalize(tag.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Form.NFKC);
  }
}
