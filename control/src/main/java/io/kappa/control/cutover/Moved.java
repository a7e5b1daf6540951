package io.kappa.control.cutover;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.version.Pointer;
import java.sql.SQLException;

/** Tells the second of two operators what the first one did. */
final class Moved {

  private Moved() {}

  static Refusal since(long seen, Identifier job, Pointer found, JobRows rows) throws SQLException {
    return new Refusal(
        "Somebody else was faster: v%d of %s is live, generation %d (it was %d when this began; %s)"
            .formatted(found.live().getAsInt(), job, found.generation(), seen, rows.lastMove()),
        "look at ./kappa status, and give the command again if it's still right");
  }
}
