package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import io.kappa.control.export.Destination;
import io.kappa.control.export.Export;
import io.kappa.control.export.Format;
import io.kappa.control.export.Manifest;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kappa export}. */
@Command(
    name = "export",
    description = "Take a table of a job's live version out as a file, with what it was made from.",
    footer = {
      "",
      "The rows are those of one moment, in the order of the key. FILE.manifest.json beside it names",
      "jar, parameters and frontier: the same version brought there again gives the same bytes.",
      "",
      "Example:",
      "  ./kappa export activity-metrics items.parquet --table item_totals"
    })
final class ExportCommand implements Runnable {

  @Parameters(index = "0", paramLabel = "JOB", description = "The job.")
  private Identifier job;

  @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
  private Path file;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "Which table; wanted where the job has several besides its quarantine.")
  private Optional<String> table = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "parquet or csv (default: what the name of FILE ends with).")
  private Optional<Format> format = Optional.empty();

  @Option(names = "--force", description = "Replace the file if it's there.")
  private boolean force;

  @Option(names = "--json", description = "Print the manifest.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Installation installation;
  private final Terminal terminal;

  ExportCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Format wanted = format.or(() -> Format.of(file)).orElseThrow(this::noFormat);
    Destination destination = new Destination(file, force);
    destination.check();
    Manifest manifest;
    try (Meter meter = new Meter(terminal, "exporting", System::nanoTime)) {
      Export export =
          new Export(
              installation.liveTables(),
              spec.root().version()[0],
              (rows, total) -> meter.at(rows, total, rows));
      manifest = export.write(job, table, wanted, destination);
    }
    if (json) {
      terminal.out().print(manifest.json());
      terminal.out().flush();
    } else {
      say(manifest, destination);
    }
  }

  private void say(Manifest manifest, Destination destination) {
    terminal.say(
        "%,d rows of table %s, %s, are in %s"
            .formatted(
                manifest.rows(),
                manifest.table().name(),
                manifest.version().name(),
                destination.file()));
    terminal.say("%s says what they were made from".formatted(destination.manifest()));
  }

  private ParameterException noFormat() {
    return new ParameterException(
        spec.commandLine(),
        "The name of %s doesn't say its format; allowed is %s or %s at its end, or --format"
            .formatted(file, Format.PARQUET.ending(), Format.CSV.ending()));
  }
}
