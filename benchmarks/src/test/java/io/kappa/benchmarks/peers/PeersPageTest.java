package io.kappa.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kappa.benchmarks.BenchmarkException;
import io.kappa.benchmarks.Machine;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PeersPageTest {

  private static final String COPY = "plain Java, one COPY at the end";

  private static final List<Contender> CONTENDERS =
      List.of(new Contender(COPY, List.of(), true, true, "<state> & more"));

  @TempDir private Path directory;

  @Test
  void anEarlierRunIsHeldAgainstWhatCopyTookThenAndNow() throws Exception {
    Path file = directory.resolve("peers.json");
    Files.writeString(
        file,
        """
        {"date": "2026-01-02", "runs": [
          {"contender": "plain Java, one COPY at the end", "events": 1000, "round": 1, "seconds": 20.0,
           "cpuSeconds": 1, "storeCpuSeconds": 1, "peakMb": 1},
          {"contender": "ours, replay", "events": 1000, "round": 1, "seconds": 60.0,
           "cpuSeconds": 1, "storeCpuSeconds": 1, "peakMb": 1}]}
        """);

    assertThat(page(Optional.of(Earlier.read(file))).text())
        .contains("## Held against 2026-01-02")
        .contains("| ours, replay | 1,000 | 60.0 | 20.0 | 3.00 | 2.00 |");
    assertThat(page(Optional.empty()).text()).doesNotContain("Held against 20");
  }

  @Test
  void aFileOfSomethingElseIsRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("other.json"), "{\"throughput\": []}");

    assertThatThrownBy(() -> Earlier.read(file))
        .isInstanceOf(BenchmarkException.class)
        .hasMessageContaining("no runs");
  }

  @Test
  void theChartIsXmlWithABarForEachOfTheLargestLog() throws Exception {
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(page(Optional.empty()).chart())));

    assertThat(svg.getElementsByTagName("rect").getLength())
        .as("a background and 2 bars")
        .isEqualTo(3);
    assertThat(svg.getDocumentElement().getTextContent()).contains("ours, replay", "20.0");
  }

  private static PeersPage page(Optional<Earlier<PeerRun>> earlier) {
    return new PeersPage(
        Machine.here(),
        LocalDate.EPOCH,
        CONTENDERS,
        List.of(
            run(COPY, 10, 3),
            run("ours, replay", 10, 9),
            run(COPY, 1_000, 10),
            run("ours, replay", 1_000, 20)),
        List.of(),
        earlier,
        Optional.of("page.svg"));
  }

  private static PeerRun run(String contender, long events, double seconds) {
    return new PeerRun(contender, events, 1, seconds, 1, 1, 1);
  }
}
