package io.kappa.control.cli;

import io.kappa.control.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kappa sql}. */
@Command(
    name = "sql",
    description = "Ask the serving store one question, as a reader.",
    footer = {
      "",
      "Example:",
      "  ./kappa sql 'select * from activity_metrics.item_totals order by events desc limit 10'"
    })
final class SqlCommand implements Runnable {

  /** How the answer is printed; a table if nobody says. */
  static final class Form {

    @Option(names = "--csv", description = "Print the answer as CSV.")
    private boolean csv;

    @Option(names = "--json", description = "Print the answer as a JSON array.")
    private boolean json;
  }

  @Parameters(
      paramLabel = "QUERY",
      description = "One SQL statement that reads; - takes it from the standard input.")
  private String query;

  @ArgGroup private Form form = new Form();

  private final Installation installation;
  private final Terminal terminal;

  SqlCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    String sql = query.equals("-") ? piped() : query;
    PrintedAnswer answer = answer();
    installation.reader().ask(sql, answer);
    answer.end();
  }

  private PrintedAnswer answer() {
    if (form.csv) {
      return new AnswerCsv(terminal.out());
    }
    return form.json ? new AnswerJson(terminal.out()) : new AnswerTable(terminal.out());
  }

  private String piped() {
    try {
      return new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Refusal("The query can't be read from the standard input", "pipe it in again", e);
    }
  }
}
