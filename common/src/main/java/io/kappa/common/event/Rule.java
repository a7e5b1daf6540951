package io.kappa.common.event;

/**
 * A rule for transactions, or a new wording of it: one record of the topic {@code rules}. The rule
 * language itself belongs to the job that reads it.
 *
 * @param kind which rule of the language; checked by the job that reads it
 * @param parameters a JSON object as canonical text: names sorted, no blanks, numbers as they were
 *     written
 * @param effectiveFrom the first moment it holds, in milliseconds since the epoch, UTC; it is the
 *     rule's event time
 * @param effectiveTo the first moment it no longer holds; {@code null} where it holds without end
 */
public record Rule(
    String ruleId, String kind, String parameters, long effectiveFrom, Long effectiveTo)
    implements Event {

  @Override
  public long at() {
    return effectiveFrom;
  }
}
