package io.kappa.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.common.table.Identifier;
import io.kappa.control.TestStore;
import io.kappa.control.cutover.Versioned;
import io.kappa.control.version.Phase;
import io.kappa.local.junit.LocalStack;
import io.kappa.local.junit.TestDatabase;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands that switch readers and end versions, on the stack's own store. */
class CutoverCommandIT {

  /** There is no Flink here. */
  private static final String AWAY =
      "Flink doesn't answer; the rest is done when it does, if a driver runs (./kappa up)\n";

  @RegisterExtension static final LocalStack STACK = LocalStack.brokerAndStore();

  private static TestStore store() {
    return TestStore.in(
        new TestDatabase("kappa", STACK.endpoints().jdbcUrl(), STACK.endpoints().secrets()));
  }

  private static String kappa(int code, String... words) {
    StringWriter out = new StringWriter();
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(out), false);
    Installation installation =
        new Installation(STACK.stack().config().home(), STACK.stack().config().data());
    int came = Kappa.commandLine(installation, terminal).execute(words);
    assertThat(came).as(out.toString()).isEqualTo(code);
    return out.toString();
  }

  @Test
  void acrossAndBackAndAcrossAgain() throws Exception {
    Versioned versions = Versioned.in(store(), new Identifier("to-and-fro")).with(2, Phase.READY);
    versions.at(1, 10, 20);
    versions.at(2, 10, 25);

    assertThat(kappa(1, "cutover", "to-and-fro"))
        .isEqualTo(
            """
            kappa: to-and-fro v2 may not take the place of v1: to-and-fro v2 was never compared
              -> ./kappa compare to-and-fro shows why; --accept 'REASON' overrules it
            """);
    assertThat(kappa(2, "cutover", "to-and-fro", "--accept", " "))
        .startsWith("kappa: --accept=' ': a reason is wanted\n");
    assertThat(kappa(0, "cutover", "to-and-fro", "--accept", "a test", "--dry-run"))
        .isEqualTo("would let readers of to-and-fro see v2; they see v1\n");
    assertThat(versions.state()).isEqualTo("1:LIVE 2:READY 1/1");
    assertThat(kappa(0, "cutover", "to-and-fro", "--accept", "a test"))
        .isEqualTo(
            """
            readers of to-and-fro see v2 now; they saw v1
            at frontier activity {0=10, 1=25}, 5 records further than before
            accepted: a test (although to-and-fro v2 was never compared)
            ./kappa rollback to-and-fro goes back to v1
            """);
    assertThat(kappa(0, "rollback", "to-and-fro", "--dry-run"))
        .isEqualTo(
            """
            would let readers of to-and-fro see v1; they see v2
            not at this moment: v1 is behind by 5 records (activity-1 by 5); would wait 30 s for a better one
            """);
    assertThat(kappa(1, "rollback", "to-and-fro", "--timeout", "1s"))
        .isEqualTo(
            """
            kappa: In 1 s there was no moment to switch from to-and-fro v2 to v1: v1 is behind by 5 records (activity-1 by 5)
              -> readers see v2 as before; see with ./kappa status whether v1 catches up, then try again
            """);
    versions.at(1, 10, 25);
    assertThat(kappa(0, "rollback", "to-and-fro"))
        .isEqualTo(
            """
            readers of to-and-fro see v1 now; they saw v2
            at frontier activity {0=10, 1=25}, the same as before
            the way back
            ./kappa cutover to-and-fro goes to v2 again
            """);
    assertThat(
            new ObjectMapper()
                .readTree(kappa(0, "cutover", "to-and-fro", "--accept", "again", "--json")))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"job": "to-and-fro", "from": 1, "to": 2, "generation": 4,
                     "before": {"activity": {"0": 10, "1": 25}},
                     "after": {"activity": {"0": 10, "1": 25}},
                     "ground": "accepted: again (although to-and-fro v2 was never compared)"}
                    """));
    assertThat(versions.state()).isEqualTo("1:STANDBY 2:LIVE 2/4");
  }

  @Test
  void versionsAreEnded() throws Exception {
    Versioned versions = Versioned.in(store(), new Identifier("ended")).with(2, Phase.READY);
    kappa(0, "cutover", "ended", "--accept", "a test");
    versions.with(3, Phase.REPLAYING);

    assertThat(kappa(0, "abort", "ended", "--dry-run"))
        .isEqualTo("would abort ended v3, stop it and drop its tables\n");
    assertThat(kappa(0, "abort", "ended"))
        .isEqualTo("aborted ended v3: it will be stopped and its tables dropped\n" + AWAY);
    assertThat(kappa(1, "abort", "ended"))
        .startsWith("kappa: ended v2 is live, and there is no candidate to abort\n");
    assertThat(kappa(1, "retire", "ended", "--version", "2"))
        .isEqualTo(
            """
            kappa: ended v2 is live: readers see it
              -> cut over to another version first, or roll back
            """);
    assertThat(kappa(0, "retire", "ended", "--version", "1", "--grace", "90m", "--dry-run"))
        .isEqualTo("would retire ended v1, stop it, and drop its tables after 90 min\n");
    assertThat(kappa(0, "retire", "ended", "--version", "1"))
        .isEqualTo(
            "retired ended v1: it will be stopped, and its tables dropped after 24 h\n" + AWAY);
    assertThat(kappa(0, "retire", "ended", "--version", "1"))
        .isEqualTo("ended v1 is RETIRED already\n" + AWAY);
    assertThat(kappa(2, "retire", "ended", "--version", "0"))
        .startsWith("kappa: --version=0: allowed is 1 or more");
    assertThat(versions.state()).isEqualTo("1:RETIRED 2:LIVE 3:ABORTED 2/4");
  }
}
