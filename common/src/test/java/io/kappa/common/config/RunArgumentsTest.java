package io.kappa.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunArgumentsTest {

  @Test
  void everythingThatCanBeSaidIsRead() {
    RunArguments read =
        RunArguments.parse(
            "trips",
            "--version",
            "3",
            "--kafka",
            "broker:1",
            "--store",
            "jdbc:postgresql://store:2/kappa",
            "--store-user",
            "kappa_job",
            "--store-password-file",
            "/run/secrets/job",
            "--parallelism",
            "4",
            "--batch-rows",
            "5000",
            "--kafka-setting",
            "fetch.min.bytes=1000",
            "--kafka-setting",
            "sasl.jaas.config=a=b",
            "--follows",
            "2/0b9c");

    assertThat(read)
        .isEqualTo(
            new RunArguments(
                "trips",
                3,
                "broker:1",
                Map.of("fetch.min.bytes", "1000", "sasl.jaas.config", "a=b"),
                "jdbc:postgresql://store:2/kappa",
                "kappa_job",
                "/run/secrets/job",
                OptionalInt.of(4),
                OptionalInt.of(5000),
                Optional.of("2/0b9c")));
  }

  @Test
  void theLedgerMayBeFollowedFromBeforeItsFirstCommit() {
    assertThat(RunArguments.parse(with("--follows", "")).follows()).contains("");
    assertThat(RunArguments.parse(with()).follows()).isEmpty();
  }

  @Test
  void whatIsFollowedIsOneLink() {
    assertThatThrownBy(() -> RunArguments.parse(with("--follows", "newest")))
        .hasMessageStartingWith(
            "1. --follows 'newest': allowed is a link of the ledger, RUN/NAME, or the empty text\n");
    assertThatThrownBy(() -> RunArguments.parse(with("--follows", "", "--follows", "1/a")))
        .hasMessageStartingWith("1. --follows is given twice\n");
  }

  private static String[] with(String... more) {
    Stream<String> needed =
        Stream.of(
            "trips",
            "--version",
            "3",
            "--kafka",
            "broker:1",
            "--store",
            "jdbc:postgresql://store:2/kappa",
            "--store-user",
            "kappa_job",
            "--store-password-file",
            "/run/secrets/job");
    return Stream.concat(needed, Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void allProblemsAreToldAtOnceAndNumbered() {
    assertThatThrownBy(
            () -> RunArguments.parse("--version", "x", "--colour", "red", "--kafka", "broker:1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            1. --colour: no such option; there is --batch-rows, --follows, --kafka, --kafka-setting, --parallelism, --store, --store-password-file, --store-user, --version
            2. which job? name it first
            3. --store is missing
            4. --store-user is missing
            5. --store-password-file is missing
            6. --version 'x': allowed is a whole number from 1 to 99999
            """
                + RunArguments.USAGE);
  }

  @Test
  void anOptionWithoutItsValueIsAProblem() {
    assertThatThrownBy(() -> RunArguments.parse("trips", "--version"))
        .hasMessageStartingWith("1. --version has no value\n");
  }
}
