package io.kappa.control.replay;

import io.kappa.common.table.TableShape;
import io.kappa.control.Refusal;
import io.kappa.control.catalogue.Contracts;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.version.VersionName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Whether a version has a branch in its job's contract views: gives it one, and takes it out. */
final class Attachment {

  private static final Duration DDL_PATIENCE = Duration.ofSeconds(3);

  private final Tools tools;
  private final Consumer<String> say;

  Attachment(Tools tools, Consumer<String> say) {
    this.tools = tools;
    this.say = say;
  }

  /** Gives it a branch in the contract views. */
  void attach(Lookout.View seen) {
    VersionName name = seen.entry().version().name();
    contract(name, contracts -> contracts.attach(name, shapes(name, true), DDL_PATIENCE));
    say.accept("%s is attached to the views in schema %s".formatted(name, name.job().schema()));
  }

  /** Takes its branch out of the contract views. */
  void detach(Lookout.View seen) {
    VersionName name = seen.entry().version().name();
    contract(name, contracts -> contracts.detach(name, shapes(name, false), DDL_PATIENCE));
    say.accept("%s is detached from the views in schema %s".formatted(name, name.job().schema()));
  }

  private void contract(VersionName name, Consumer<Contracts> change) {
    try {
      change.accept(new Contracts(tools.owner()));
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          "Another version of %s was attached or detached just now".formatted(name.job()),
          "it is tried again",
          e);
    }
  }

  /** The tables of all attached versions, with this one or without. */
  private Map<Integer, List<TableShape>> shapes(VersionName name, boolean with) {
    Map<Integer, List<TableShape>> shapes = new TreeMap<>();
    for (Entry entry : tools.versions().snapshot().of(name.job())) {
      VersionName other = entry.version().name();
      if (other.equals(name) ? with : entry.course().attached()) {
        shapes.put(other.number(), tools.tablesOf(entry.version()));
      }
    }
    return shapes;
  }
}
