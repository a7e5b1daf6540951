package io.kappa.jobs.walls;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What no job may do: each rule is a promise that a job can't break by mistake. */
final class JobWalls {

  private static final Set<String> PROCESSING_TIME =
      Set.of(
          "registerProcessingTimeTimer",
          "deleteProcessingTimeTimer",
          "currentProcessingTime",
          "getCurrentProcessingTime",
          "scheduleAtFixedRate");

  static final ArchRule NO_JOB_SEES_ANOTHER =
      slices().matching("io.kappa.jobs.(*)..").should().notDependOnEachOther();

  static final ArchRule NO_JOB_SEES_ITS_ENDS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.kappa.common.log..",
              "io.kappa.common.sink..",
              "io.kappa.common.config..",
              "io.kappa.common.job.run..",
              "java.sql..",
              "javax.sql..",
              "org.apache.kafka..",
              "org.apache.flink.connector.kafka..");

  static final ArchRule NO_WALL_CLOCK =
      noClasses()
          .should()
          .accessTargetWhere(calls(System.class, "currentTimeMillis", "nanoTime"))
          .orShould()
          .accessTargetWhere(
              target("now of java.time", t -> t.getName().equals("now") && isJavaTime(t)))
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  static final ArchRule NO_RANDOMNESS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              Random.class, ThreadLocalRandom.class, SecureRandom.class, RandomGenerator.class)
          .orShould()
          .accessTargetWhere(calls(Math.class, "random"))
          .orShould()
          .accessTargetWhere(calls(java.util.UUID.class, "randomUUID"));

  static final ArchRule NO_PROCESSING_TIME =
      noClasses()
          .should()
          .accessTargetWhere(target("processing time", t -> PROCESSING_TIME.contains(t.getName())))
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.apache.flink.api.common.state.StateTtlConfig");

  static final ArchRule NO_JOB_RUNS_ITSELF =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(StreamExecutionEnvironment.class)
          .orShould()
          .accessTargetWhere(target("execute", t -> t.getName().startsWith("execute")));

  static final ArchRule NAMES_SAY_WHAT_A_CLASS_HOLDS =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl");

  private JobWalls() {}

  private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String... names) {
    return target(
        String.join(" or ", names) + " of " + owner.getSimpleName(),
        t -> Set.of(names).contains(t.getName()) && t.getOwner().isEquivalentTo(owner));
  }

  private static boolean isJavaTime(AccessTarget target) {
    return target.getOwner().getPackageName().startsWith("java.time");
  }

  private static DescribedPredicate<JavaAccess<?>> target(
      String what, java.util.function.Predicate<AccessTarget> is) {
    return describe("the target is " + what, access -> is.test(access.getTarget()));
  }
}
