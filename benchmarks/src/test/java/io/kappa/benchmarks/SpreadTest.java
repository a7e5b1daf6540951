package io.kappa.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void theMedianOfThreeIsTheMiddleOne() {
    assertThat(Spread.of(DoubleStream.of(30, 10, 20))).isEqualTo(new Spread(20, 10, 30));
  }

  @Test
  void theMedianOfFourIsHalfwayBetweenTheMiddleTwo() {
    assertThat(Spread.of(DoubleStream.of(40, 10, 20, 25))).isEqualTo(new Spread(22.5, 10, 40));
  }

  @Test
  void whatIsMissingIsLeftOut() {
    Stream<OptionalDouble> figures =
        Stream.of(OptionalDouble.of(3), OptionalDouble.empty(), OptionalDouble.of(5));
    assertThat(Spread.ofPresent(figures)).isEqualTo(new Spread(4, 3, 5));
  }

  @Test
  void theTextSaysMedianLeastAndGreatest() {
    assertThat(new Spread(103_400, 98_200, 110_000).text("%,.0f"))
        .isEqualTo("103,400 (98,200..110,000)");
  }

  @Test
  void oneRepetitionHasNoSpreadToTell() {
    assertThat(new Spread(5, 5, 5).text("%.1f")).isEqualTo("5.0");
  }

  @Test
  void noRepetitionIsADash() {
    assertThat(Spread.of(DoubleStream.empty()).text("%.1f")).isEqualTo("–");
  }
}
