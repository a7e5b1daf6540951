package io.kappa.control;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The walls between the rooms, as far as control's class path sees them; the jobs keep their own.
 */
@AnalyzeClasses(
    packages = {"io.kappa.common", "io.kappa.local", "io.kappa.control"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {

  private static final String[] ENGINE_LOG_AND_STORE = {
    "org.apache.flink..", "org.apache.kafka..", "java.sql..", "javax.sql..", "org.postgresql.."
  };

  @ArchTest
  static final ArchRule versionsArePure =
      noClasses()
          .that()
          .resideInAPackage("io.kappa.control.version..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINE_LOG_AND_STORE)
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.net..", "java.nio..");

  @ArchTest
  static final ArchRule versionsKnowNoOtherRoomOfControl =
      noClasses()
          .that()
          .resideInAPackage("io.kappa.control.version..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.kappa.control",
              "io.kappa.control.catalogue..",
              "io.kappa.control.flink..",
              "io.kappa.control.replay..",
              "io.kappa.control.export..",
              "io.kappa.control.status..",
              "io.kappa.control.jar..",
              "io.kappa.control.cli..",
              "io.kappa.local..");

  @ArchTest
  static final ArchRule eventsAndTablesAreFreeOfEngineLogAndStore =
      noClasses()
          .that()
          .resideInAnyPackage("io.kappa.common.event..", "io.kappa.common.table..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINE_LOG_AND_STORE);

  @ArchTest
  static final ArchRule theStoreIsOpenedInFewRooms =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.kappa.common.sink..",
              "io.kappa.control.catalogue..",
              "io.kappa.control.compare..",
              "io.kappa.control.cutover..",
              "io.kappa.local..")
          // A launcher catches what registering a run throws; it opens nothing.
          .and()
          .resideOutsideOfPackage("io.kappa.common.job.run..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..");

  @ArchTest
  static final ArchRule parquetIsWrittenInOneRoom =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kappa.control.export..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.parquet..");

  /** Hadoop's classes aren't on the command's class path. */
  @ArchTest
  static final ArchRule nothingWantsHadoop =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.hadoop..");

  @ArchTest
  static final ArchRule controlSpeaksToTheEngineThroughItsPort =
      noClasses()
          .that()
          .resideInAPackage("io.kappa.control..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule onlyTheRunnerExecutes =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kappa.common.job.run..")
          .should()
          .callMethodWhere(describe("executes a job", WallsTest::executes));

  @ArchTest
  static final ArchRule theRoomsBehindKnowNothingOfTheCommand =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kappa.control.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.kappa.control.cli..", "picocli..");

  @ArchTest
  static final ArchRule aClassIsCalledAfterWhatItHolds =
      noClasses()
          // Flink calls its processes so.
          .that()
          .doNotHaveSimpleName("JobManager")
          .and()
          .doNotHaveSimpleName("TaskManager")
          .should()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl");

  private static boolean executes(JavaMethodCall call) {
    return call.getName().startsWith("execute")
        && call.getTargetOwner()
            .isAssignableTo(
                "org.apache.flink.streaming.api.environment.StreamExecutionEnvironment");
  }
}
