package io.kappa.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdTest {

  @Test
  void aLiveProcessIsTheSameEachTimeItIsAsked() {
    long pid = ProcessHandle.current().pid();

    ProcessId self = ProcessId.of(pid).orElseThrow();

    assertThat(ProcessId.of(pid)).contains(self);
    assertThat(self.isAlive()).isTrue();
    assertThat(ProcessId.parse(self.text())).contains(self);
  }

  @Test
  void anotherBirthIsAnotherProcess() {
    ProcessId self = ProcessId.of(ProcessHandle.current().pid()).orElseThrow();

    assertThat(new ProcessId(self.pid(), self.birth() + "1").isAlive()).isFalse();
  }

  @Test
  void aProcessThatWasSentASignalIsGone() throws IOException {
    Process process = new ProcessBuilder("sleep", "600").start();
    ProcessId id = ProcessId.of(process.pid()).orElseThrow();

    id.signal("TERM");

    assertThat(id.goneWithin(Duration.ofSeconds(10))).isTrue();
    assertThat(ProcessId.of(process.pid())).isEmpty();
  }

  @Test
  void halfAPidFileNamesNoProcess() {
    assertThat(ProcessId.parse("")).isEmpty();
    assertThat(ProcessId.parse("123")).isEmpty();
    assertThat(ProcessId.parse("x y")).isEmpty();
  }

  @Test
  void aSecretIsReadableByItsOwnerOnly(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("new/secret");

    DurableFile.writeSecret(file, "old");
    DurableFile.writeSecret(file, "s3cret");

    assertThat(Files.readString(file)).isEqualTo("s3cret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
