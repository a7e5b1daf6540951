package io.kappa.control.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

  private static final List<String> NAMES = List.of("activity-metrics", "trending");

  @Test
  void aMistypedNameIsMetWithTheOneThatIsNear() {
    assertThat(Nearest.to("activty-metrics", NAMES)).contains("activity-metrics");
    assertThat(Nearest.to("tredning", NAMES)).contains("trending");
  }

  @Test
  void aNameThatIsNearToNothingIsMetWithTheNamesThereAre() {
    Refusal refusal = Nearest.refusal("job", "xyz", NAMES);

    assertThat(refusal).hasMessage("There is no job called xyz");
    assertThat(refusal.remedy()).isEqualTo("there is activity-metrics, trending");
  }

  @Test
  void whereThereIsNothingNothingIsSuggested() {
    assertThat(Nearest.refusal("started job", "xyz", List.of()).remedy())
        .isEqualTo("there is none");
  }
}
