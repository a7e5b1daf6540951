package io.kappa.jobs.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.kappa.jobs.brokenone.Offender;
import io.kappa.jobs.brokentwo.OtherOffenderImpl;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The walls stand, and each of them would notice somebody who walks through it. */
class JobWallsTest {

  private static final JavaClasses JOBS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.kappa.jobs");

  private static final JavaClasses OFFENDERS =
      new ClassFileImporter().importClasses(Offender.class, OtherOffenderImpl.class);

  static Stream<Arguments> walls() {
    return Stream.of(
        wall("no job sees another", JobWalls.NO_JOB_SEES_ANOTHER, 1),
        wall("no job sees its ends", JobWalls.NO_JOB_SEES_ITS_ENDS, 2),
        wall("no wall clock", JobWalls.NO_WALL_CLOCK, 3),
        wall("no randomness", JobWalls.NO_RANDOMNESS, 3),
        wall("no processing time", JobWalls.NO_PROCESSING_TIME, 1),
        wall("no job runs itself", JobWalls.NO_JOB_RUNS_ITSELF, 2),
        wall("names say what a class holds", JobWalls.NAMES_SAY_WHAT_A_CLASS_HOLDS, 1));
  }

  private static Arguments wall(String name, ArchRule rule, int offences) {
    return arguments(Named.of(name, rule), offences);
  }

  @ParameterizedTest
  @MethodSource("walls")
  void noJobBreaksIt(ArchRule wall, int offences) {
    wall.check(JOBS);
  }

  @ParameterizedTest
  @MethodSource("walls")
  void anOffenderIsNoticed(ArchRule wall, int offences) {
    assertThat(wall.evaluate(OFFENDERS).getFailureReport().getDetails())
        .hasSizeGreaterThanOrEqualTo(offences);
  }
}
