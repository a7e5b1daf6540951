package io.kappa.control.cli;

import io.kappa.common.table.Identifier;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The command {@code kappa}. */
@Command(
    name = "kappa",
    version = "kappa 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    description = "Flink jobs on one log: start, watch, replay, compare, switch and query them.",
    footer = {
      "",
      "Each command has --help with an example. Exit codes: 0 done, 1 refused or failed, 2 usage.",
      "Data lie in .kappa below the checkout; KAPPA_DATA in the environment names another place."
    })
public final class Kappa implements Runnable {

  private static final int WIDTH = 100;

  private final CommandLine command;

  private Kappa(Installation installation, Terminal terminal) {
    this.command = new CommandLine(this);
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .scopeType(ScopeType.INHERIT)
                .description("Say what it does and what it takes.")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Say which release this is.")
                .build());
    command
        .addSubcommand("up", new UpCommand(installation, terminal))
        .addSubcommand("down", new DownCommand(installation, terminal))
        .addSubcommand("load", new LoadCommand(installation, terminal))
        .addSubcommand("generate", new GenerateCommand(installation, terminal))
        .addSubcommand("jobs", new JobsCommand(installation, terminal))
        .addSubcommand("start", new StartCommand(installation, terminal))
        .addSubcommand("replay", new ReplayCommand(installation, terminal))
        .addSubcommand("verify", new VerifyCommand(installation, terminal))
        .addSubcommand("wait", new WaitCommand(installation, terminal))
        .addSubcommand("compare", new CompareCommand(installation, terminal))
        .addSubcommand("cutover", new CutoverCommand(installation, terminal))
        .addSubcommand("rollback", new RollbackCommand(installation, terminal))
        .addSubcommand("upgrade", new UpgradeCommand(installation, terminal))
        .addSubcommand("abort", new AbortCommand(installation, terminal))
        .addSubcommand("retire", new RetireCommand(installation, terminal))
        .addSubcommand("status", new StatusCommand(installation, terminal))
        .addSubcommand("log", new LogCommand(installation, terminal))
        .addSubcommand("sql", new SqlCommand(installation, terminal))
        .addSubcommand("export", new ExportCommand(installation, terminal))
        .addSubcommand("savepoint", SavepointCommand.with(installation, terminal))
        .addSubcommand("drive", new DriveCommand(installation))
        .addSubcommand("demo", new DemoCommand(installation, terminal));
    command
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setUsageHelpWidth(WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Identifier.class, Kappa::name)
        .setParameterExceptionHandler(Mishaps::usage)
        .setExecutionExceptionHandler(new Mishaps(installation));
    if (!terminal.isInteractive()) {
      command.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    }
  }

  /** The command with all of its subcommands. */
  static CommandLine commandLine(Installation installation, Terminal terminal) {
    return new Kappa(installation, terminal).command;
  }

  private static Identifier name(String text) {
    try {
      return new Identifier(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  @Override
  public void run() {
    command.usage(command.getOut());
  }

  /** Does what the arguments say, and exits with 0 (done), 1 (refused or failed) or 2 (usage). */
  public static void main(String[] args) {
    Path home = Path.of(System.getProperty("kappa.home", "")).toAbsolutePath();
    String data = System.getProperty("kappa.data", "");
    Installation installation =
        new Installation(
            home, data.isEmpty() ? home.resolve(".kappa") : Path.of(data).toAbsolutePath());
    System.setProperty("kappa.logs", installation.data().resolve("logs").toString());
    Terminal terminal =
        new Terminal(
            System.in,
            new PrintWriter(System.out, false, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            Boolean.getBoolean("kappa.terminal"));
    int code = commandLine(installation, terminal).execute(args);
    terminal.out().flush();
    System.exit(code);
  }
}
