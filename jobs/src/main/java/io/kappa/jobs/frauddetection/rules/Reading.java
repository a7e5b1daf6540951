package io.kappa.jobs.frauddetection.rules;

/** What became of a rule's text. */
public sealed interface Reading {

  /** It says what the wording says. */
  record Ok(Wording wording) implements Reading {}

  /**
   * It is no rule of the language.
   *
   * @param problem names the field, the value seen and the value allowed
   */
  record Bad(String problem) implements Reading {}
}
