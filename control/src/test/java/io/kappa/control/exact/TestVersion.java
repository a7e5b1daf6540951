package io.kappa.control.exact;

import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.StandardParameters;
import io.kappa.common.log.QuarantinedRecord;
import io.kappa.common.sink.StoreAddress;
import io.kappa.common.table.Identifier;
import io.kappa.common.table.Table;
import io.kappa.common.table.TableShape;
import io.kappa.control.catalogue.Migration;
import io.kappa.control.catalogue.Store;
import io.kappa.control.catalogue.VersionSchema;
import io.kappa.control.catalogue.Versions;
import io.kappa.control.replay.LogAdmin;
import io.kappa.control.replay.LogCheck;
import io.kappa.control.replay.PinnedLog;
import io.kappa.control.version.Course;
import io.kappa.control.version.Leg;
import io.kappa.control.version.Phase;
import io.kappa.control.version.Purpose;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.Version;
import io.kappa.control.version.VersionName;
import io.kappa.local.junit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the first version of a job into a test's catalogue, as {@code kappa start} does. */
final class TestVersion {

  private TestVersion() {}

  static void create(
      TestDatabase database, String servers, JobDefinition job, Map<String, String> given) {
    Store owner =
        new Store(
            database.jdbcUrl(), "kappa_owner", database.secrets().resolve("kappa_owner.password"));
    new Migration(owner).run();
    Parameters parameters = Parameters.read(StandardParameters.with(job), given);
    List<String> topics =
        job.inputs(parameters).stream().map(input -> input.topic().name()).toList();
    PinnedLog log;
    try (LogAdmin admin = new LogAdmin(servers, Duration.ofSeconds(20))) {
      log = new LogCheck(false).pin(admin.facts(topics));
    }
    VersionName name = new VersionName(new Identifier(job.name()), 1);
    new Versions(owner)
        .insert(
            new Version(
                name,
                Phase.CREATED,
                Purpose.LAUNCH,
                "0".repeat(64),
                "none",
                parameters.texts(),
                log.start(),
                log.end(),
                log.topicIds(),
                128,
                log.truncated(),
                Instant.EPOCH),
            Course.ofFirst(RunProfile.LIVE),
            Optional.of(Leg.first(log.start(), Optional.empty(), RunProfile.LIVE)),
            "test");
    List<TableShape> tables = new ArrayList<>(job.tables().stream().map(Table::shape).toList());
    tables.add(QuarantinedRecord.TABLE.shape());
    new VersionSchema(owner).createFirst(name, tables);
  }

  /** The store as the job's role, at another address if there is a proxy between. */
  static StoreAddress asJob(TestDatabase database, String url) {
    return new StoreAddress(
        url, "kappa_job", database.secrets().resolve("kappa_job.password").toString());
  }
}
