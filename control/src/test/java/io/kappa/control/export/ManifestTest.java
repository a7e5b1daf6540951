package io.kappa.control.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.control.TestStore;
import io.kappa.control.version.Frontier;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {

  @Test
  void itSaysWhatIsWantedToMakeTheFileAgain() {
    Manifest manifest =
        new Manifest(
            "kappa 1.2.3",
            TestStore.version("activity"),
            Frontier.of(Map.of("activity", Map.of(1, 7L, 0, 5L))),
            TestStore.ITEMS,
            12,
            Format.PARQUET,
            "ab".repeat(32));

    assertThat(manifest.json())
        .isEqualTo(
            """
            {
              "job" : "activity-metrics",
              "version" : 1,
              "jarSha256" : "0000000000000000000000000000000000000000000000000000000000000000",
              "parameters" : {
                "min-watch" : "0"
              },
              "topicIds" : {
                "activity" : "id-1"
              },
              "start" : {
                "activity" : {
                  "0" : 0,
                  "1" : 0
                }
              },
              "truncated" : false,
              "frontier" : {
                "activity" : {
                  "0" : 5,
                  "1" : 7
                }
              },
              "table" : "items",
              "columns" : [
                {
                  "name" : "id",
                  "type" : "text",
                  "key" : true,
                  "comment" : "which item"
                },
                {
                  "name" : "n",
                  "type" : "bigint",
                  "key" : false,
                  "comment" : "how many events"
                },
                {
                  "name" : "seen_at",
                  "type" : "timestamptz",
                  "key" : false,
                  "comment" : "the last one"
                }
              ],
              "rows" : 12,
              "format" : "parquet",
              "sha256" : "abababababababababababababababababababababababababababababababab",
              "tool" : "kappa 1.2.3"
            }
            """);
  }
}
