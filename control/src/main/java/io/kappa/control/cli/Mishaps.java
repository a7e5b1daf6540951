package io.kappa.control.cli;

import io.kappa.control.Refusal;
import io.kappa.control.jar.Nearest;
import io.kappa.local.StackException;
import io.kappa.local.data.DataException;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong: one line why, one line what to do. The rest goes to the log file. */
final class Mishaps implements IExecutionExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Mishaps.class);

  private final Installation installation;

  Mishaps(Installation installation) {
    this.installation = installation;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    LOG.warn("The command {} failed", command.getCommandName(), e);
    if (e instanceof Refusal refusal) {
      say(command.getErr(), refusal.getMessage(), refusal.remedy());
    } else if (e instanceof StackException stack) {
      say(command.getErr(), stack.problem(), stack.remedy());
    } else if (e instanceof DataException data) {
      say(command.getErr(), data.problem(), data.remedy());
    } else {
      say(
          command.getErr(),
          "%s: %s".formatted(e.getClass().getSimpleName(), firstLine(e.getMessage())),
          "this is an error in Kappa; all of it is in %s"
              .formatted(installation.data().resolve("logs/kappa.log")));
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** What is wrong with the arguments. */
  static int usage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    if (e instanceof UnmatchedArgumentException unmatched && command.getParent() == null) {
      Refusal refusal =
          Nearest.refusal(
              "command", unmatched.getUnmatched().get(0), command.getSubcommands().keySet());
      say(command.getErr(), refusal.getMessage(), refusal.remedy());
    } else {
      say(
          command.getErr(),
          firstLine(e.getMessage()),
          "./%s --help says what is allowed".formatted(command.getCommandSpec().qualifiedName()));
    }
    return CommandLine.ExitCode.USAGE;
  }

  private static void say(PrintWriter err, String why, String remedy) {
    err.println("kappa: " + firstLine(why));
    err.println("  -> " + remedy);
    err.flush();
  }

  private static String firstLine(String text) {
    return text == null ? "no message" : text.lines().findFirst().orElse("no message");
  }
}
