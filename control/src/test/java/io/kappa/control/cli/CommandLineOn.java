package io.kappa.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.local.junit.LocalStack;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** The command on a whole stack, called in this JVM. */
record CommandLineOn(LocalStack stack) {

  /** What a command came to. */
  record Outcome(int code, String out, String err) {

    /** What it printed; it had to end well. */
    String done() {
      assertThat(code).as(out + err).isZero();
      return out;
    }
  }

  Outcome call(String... words) {
    return piped("", words);
  }

  /** The same with something on standard input. */
  Outcome piped(String input, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out),
            new PrintWriter(err),
            false);
    Installation installation =
        new Installation(stack.stack().config().home(), stack.stack().config().data());
    int code = Kappa.commandLine(installation, terminal).execute(words);
    return new Outcome(code, out.toString(), err.toString());
  }
}
