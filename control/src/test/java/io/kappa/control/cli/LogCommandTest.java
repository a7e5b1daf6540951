package io.kappa.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.common.table.Identifier;
import io.kappa.control.catalogue.AuditTrail;
import io.kappa.control.catalogue.Entry;
import io.kappa.control.cli.LogCommand.Happening;
import io.kappa.control.version.Course;
import io.kappa.control.version.Frontier;
import io.kappa.control.version.Ledger;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Purpose;
import io.kappa.control.version.Run;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.Tally;
import io.kappa.control.version.Version;
import io.kappa.control.version.VersionName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LogCommandTest {

  private static final Frontier HERE = Frontier.of(Map.of("activity", Map.of(0, 7L)));

  private static Instant at(int second) {
    return Instant.ofEpochSecond(second);
  }

  private static Entry entry(Run... runs) {
    Version version =
        new Version(
            new VersionName(new Identifier("m"), 1),
            Phase.CREATED,
            Purpose.LAUNCH,
            "sha",
            "jar",
            Map.of(),
            HERE,
            HERE,
            Map.of(),
            128,
            false,
            at(1));
    Ledger ledger = new Ledger(2, "", 9, HERE, Tally.NONE, Optional.of(at(40)));
    return new Entry(
        version, Course.ofFirst(RunProfile.LIVE), ledger, List.of(), List.of(runs), List.of());
  }

  @Test
  void theStoryIsToldInTheOrderOfTime() {
    Run first =
        new Run(
            1,
            1,
            Optional.of("a"),
            at(10),
            Optional.of("the log is gone"),
            Optional.of(at(20)),
            Optional.of(at(15)));
    Run second =
        new Run(
            2, 1, Optional.empty(), at(30), Optional.empty(), Optional.empty(), Optional.empty());
    AuditTrail.Entry created =
        new AuditTrail.Entry(at(2), "ann", OptionalInt.of(1), "created", Map.of("jar", "sha"));

    assertThat(LogCommand.story(List.of(created), List.of(entry(first, second))))
        .containsExactly(
            new Happening(at(2), "v1", "created", Map.of("by", "ann", "jar", "sha")),
            new Happening(
                at(10), "v1", "took the ledger over", Map.of("run", "1", "flinkJob", "a")),
            new Happening(at(15), "v1", "read no more: memory full", Map.of("run", "1")),
            new Happening(at(20), "v1", "failed", Map.of("run", "1", "cause", "the log is gone")),
            new Happening(at(30), "v1", "took the ledger over", Map.of("run", "2")),
            new Happening(
                at(40),
                "v1",
                "last commit",
                Map.of("checkpoint", "9", "frontier", "{\"activity\":{\"0\":7}}")));
  }
}
