package io.kappa.control.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectedTest {

  private static final Identifier JOB = new Identifier("some-job");
  private static final String TEXT = "added: [likes]\n";

  @TempDir private Path directory;

  private Path jar(String entry, String text) throws Exception {
    Path jar = directory.resolve("jobs.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry(entry));
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
    return jar;
  }

  @Test
  void aJarCarriesThoseOfEachOfItsJobs() throws Exception {
    Expected expected = Expected.inJar(jar("expectations/some-job.yaml", TEXT), JOB);

    assertThat(expected.by()).isEqualTo("jar");
    assertThat(expected.expectations().added()).containsExactly("likes");
    assertThat(expected.sha256()).hasSize(64);
  }

  @Test
  void aJarWithoutThemExpectsNothing() throws Exception {
    assertThat(Expected.inJar(jar("expectations/other-job.yaml", TEXT), JOB))
        .isEqualTo(new Expected("jar", "", Expectations.NONE));
  }

  @Test
  void aJarThatCannotBeReadIsRefused() throws Exception {
    Path jar = Files.writeString(directory.resolve("x.jar"), "no jar");

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> Expected.inJar(jar, JOB))
        .withMessage("The expectations of some-job can't be read from " + jar);
  }

  @Test
  void whatIsWrongInAJarIsNamedWithItsPlace() throws Exception {
    Path jar = jar("expectations/some-job.yaml", "nope: 1");

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> Expected.inJar(jar, JOB))
        .withMessage(
            "expectations/some-job.yaml in %s can't be used: nope is unknown; allowed is added,"
                + " checks, gone, tables",
            jar);
  }

  @Test
  void aFilesDigestChangesWithItsTextAlone() throws Exception {
    Path file = Files.writeString(directory.resolve("e.yaml"), TEXT);
    Expected expected = Expected.inFile(file);

    assertThat(expected.by()).isEqualTo(file.toAbsolutePath().toString());
    assertThat(Expected.digestNow(file)).contains(expected.sha256());
    assertThat(expected.sha256())
        .isEqualTo(Expected.inJar(jar("expectations/some-job.yaml", TEXT), JOB).sha256());

    Files.writeString(file, TEXT + "# changed\n");

    assertThat(Expected.digestNow(file)).isPresent().get().isNotEqualTo(expected.sha256());
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    Path missing = directory.resolve("none.yaml");

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> Expected.inFile(missing))
        .withMessage("There is no file %s that can be read", missing);
    assertThat(Expected.digestNow(missing)).isEmpty();
  }
}
