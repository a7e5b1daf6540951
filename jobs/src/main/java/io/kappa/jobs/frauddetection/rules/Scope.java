package io.kappa.jobs.frauddetection.rules;

/** Whose payments a rule looks at, besides the payment itself. */
public enum Scope {
  ACCOUNT("account"),
  TERMINAL("terminal");

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /** As rules and reasons call it. */
  @Override
  public String toString() {
    return text;
  }
}
