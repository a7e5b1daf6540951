package io.kappa.common.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ParametersTest {

  private static final Parameter<Long> WAIT = Parameter.duration("wait", "30s", "how long");
  private static final Parameter<Long> RANKS = Parameter.whole("ranks", 50, 1, 100, "how many");
  private static final List<Parameter<?>> DECLARED = List.of(WAIT, RANKS);

  @Test
  void whatNobodyGaveHasItsDefault() {
    Parameters parameters = Parameters.read(DECLARED, Map.of("ranks", "7"));
    assertThat(parameters.get(WAIT)).isEqualTo(30_000L);
    assertThat(parameters.get(RANKS)).isEqualTo(7L);
    assertThat(parameters.texts()).isEqualTo(Map.of("wait", "30s", "ranks", "7"));
  }

  @Test
  void durationsHaveTheirUnit() {
    assertThat(List.of("0", "5ms", "5s", "5m", "5h", "5d").stream().map(WAIT::read))
        .containsExactly(0L, 5L, 5_000L, 300_000L, 18_000_000L, 432_000_000L);
  }

  @Test
  void allProblemsAreToldAtOnceAndNumbered() {
    assertThatThrownBy(
            () ->
                Parameters.read(
                    DECLARED, new TreeMap<>(Map.of("wait", "30", "ranks", "101", "x", "1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "1) wait=30: allowed is a number with ms, s, m, h or d behind it, such as 30s;"
                + " 2) ranks=101: allowed is 1 to 100;"
                + " 3) x: no such parameter; there is ranks, wait");
  }
}
