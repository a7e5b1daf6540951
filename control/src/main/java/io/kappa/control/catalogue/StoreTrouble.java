package io.kappa.control.catalogue;

import io.kappa.control.Refusal;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What PostgreSQL's errors mean to somebody who gave a command. */
final class StoreTrouble {

  private StoreTrouble() {}

  static Refusal refusal(String url, SQLException e) {
    return new Refusal(
        "PostgreSQL at %s %s".formatted(address(url), why(e)), remedy(state(e), e), e);
  }

  /** The server's own words, in one line. */
  static String message(SQLException e) {
    return server(e)
        .map(ServerErrorMessage::getMessage)
        .orElseGet(() -> String.valueOf(e.getMessage()))
        .lines()
        .findFirst()
        .orElse("no message");
  }

  static Optional<ServerErrorMessage> server(SQLException e) {
    return e instanceof PSQLException known
        ? Optional.ofNullable(known.getServerErrorMessage())
        : Optional.empty();
  }

  static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  private static String why(SQLException e) {
    String state = state(e);
    return state.startsWith("08") ? "doesn't answer: " + reason(e) : "refuses: " + message(e);
  }

  private static String reason(SQLException e) {
    return e.getCause() == null || e.getCause().getMessage() == null
        ? message(e)
        : e.getCause().getMessage();
  }

  private static String remedy(String state, SQLException e) {
    if (state.startsWith("08")) {
      return "./kappa up starts it again";
    }
    return switch (state) {
      case "57P03", "57P01", "57P02" -> "it is starting or stopping: try again in some seconds";
      case "28P01", "28000" -> "its password file and its roles differ; ./kappa up sets both";
      case "53300" -> "it has no connection left: close some readers, or raise max_connections";
      case "53100" -> "its disk is full: make room, then give the same command again";
      case "55P03" -> "somebody holds a lock on it: give the same command again";
      case "3F000", "42P01" -> "the catalogue isn't there yet: ./kappa up makes it";
      default ->
          server(e)
              .map(ServerErrorMessage::getHint)
              .orElse("the whole error is in the log file kappa.log of the data directory");
    };
  }

  private static String address(String url) {
    return url.replaceFirst("^jdbc:postgresql://", "").replaceFirst("[?].*$", "");
  }
}
