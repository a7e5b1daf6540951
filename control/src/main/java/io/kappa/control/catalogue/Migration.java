package io.kappa.control.catalogue;

import io.kappa.control.Refusal;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the catalogue's tables to what this release knows, by numbered SQL files. */
public final class Migration {

  private static final String SCHEMA = "kappa";

  private final Store owner;

  public Migration(Store owner) {
    this.owner = owner;
  }

  /**
   * Does whatever is missing; nothing if nothing is.
   *
   * @throws Refusal if PostgreSQL can't be reached, or its catalogue was made by a newer release
   */
  public void run() {
    try {
      Flyway.configure()
          .dataSource(owner.url(), owner.role(), owner.password())
          .locations("classpath:io/kappa/control/catalogue")
          .schemas(SCHEMA)
          .defaultSchema(SCHEMA)
          .createSchemas(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw trouble(e);
    }
  }

  private Refusal trouble(FlywayException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return StoreTrouble.refusal(owner.url(), sql);
      }
    }
    return new Refusal(
        "The catalogue in schema %s isn't one of this release: %s"
            .formatted(SCHEMA, e.getMessage().lines().findFirst().orElse("")),
        "use the release that made it, or ./kappa up --fresh for an empty store",
        e);
  }
}
