package io.kappa.jobs.frauddetection.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The rule language is plain Java: no Flink, and nothing of the job that uses it. */
class RulesWallTest {

  private static final ArchRule PLAIN_JAVA =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "com.fasterxml.jackson.core..",
              "io.kappa.common.event..",
              "io.kappa.jobs.frauddetection.rules..");

  private static JavaClasses mainClasses(String... packages) {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(packages);
  }

  @Test
  void theRuleLanguageIsPlainJava() {
    PLAIN_JAVA.check(mainClasses("io.kappa.jobs.frauddetection.rules"));
  }

  @Test
  void theJobWouldBeNoticed() {
    assertThat(PLAIN_JAVA.evaluate(mainClasses("io.kappa.jobs.frauddetection")).hasViolation())
        .isTrue();
  }
}
