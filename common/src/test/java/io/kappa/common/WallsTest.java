package io.kappa.common;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** The walls between the rooms of this module. */
@AnalyzeClasses(packages = "io.kappa.common", importOptions = DoNotIncludeTests.class)
class WallsTest {

  @ArchTest
  static final ArchRule eventsAreOfTheJdkAndJacksonAlone =
      classes()
          .that()
          .resideInAPackage("..common.event..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "com.fasterxml.jackson..", "io.kappa.common.event..");

  @ArchTest
  static final ArchRule tablesAreOfTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("..common.table..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "io.kappa.common.table..")
          .andShould()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("java.sql..");

  @ArchTest
  static final ArchRule configurationIsOfTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("..common.config..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "io.kappa.common.config..");

  @ArchTest
  static final ArchRule connectionsAreOpenedInTheSinkAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("..common.sink..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..");

  @ArchTest
  static final ArchRule kafkaIsKnownToTheLogAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("..common.log..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector.kafka..");

  @ArchTest
  static final ArchRule jobsAreExecutedByTheRunnerAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("..common.job.run..")
          .should()
          .callMethodWhere(
              target(nameMatching("execute(Async)?"))
                  .and(target(owner(simpleName("StreamExecutionEnvironment")))));

  @ArchTest
  static final ArchRule theContractOfJobsKnowsNoEnds =
      noClasses()
          .that()
          .resideInAPackage("io.kappa.common.job")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..common.log..", "..common.sink..", "..common.job.run..");

  @ArchTest
  static final ArchRule nothingReadsTheWallClock =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now");

  @ArchTest
  static final ArchRule namesSayWhatAThingHolds =
      noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)");
}
