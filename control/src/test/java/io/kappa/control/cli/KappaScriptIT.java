package io.kappa.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KappaScriptIT {

  private static final Path SCRIPT = Path.of(System.getProperty("kappa.home")).resolve("kappa");

  @TempDir private Path directory;

  /** What a run of the script came to. */
  private record Outcome(int code, String output) {}

  private Outcome run(Path script, String... words) throws IOException, InterruptedException {
    String[] command = new String[words.length + 1];
    command[0] = script.toString();
    System.arraycopy(words, 0, command, 1, words.length);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("KAPPA_DATA", directory.resolve("data").toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  @Test
  void throughASymbolicLinkAndFromAnotherDirectoryItFindsItsHome() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), SCRIPT);
    Path linkToLink = Files.createSymbolicLink(directory.resolve("k"), Path.of("link"));

    assertThat(run(linkToLink, "status"))
        .isEqualTo(
            new Outcome(
                1,
                """
                kappa: The stack isn't up: there is none in %s
                  -> ./kappa up starts it
                """
                    .formatted(directory.resolve("data"))));
    assertThat(link).exists();
  }

  @Test
  void whereNothingIsBuiltItSaysSo() throws Exception {
    Path copy = Files.copy(SCRIPT, directory.resolve("kappa"));
    assertThat(copy.toFile().setExecutable(true)).isTrue();

    assertThat(run(copy, "status"))
        .isEqualTo(
            new Outcome(
                1,
                """
                kappa: Kappa isn't built in %s
                  -> make build builds it
                """
                    .formatted(directory.toRealPath())));
  }
}
