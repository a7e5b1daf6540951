package io.kappa.local.flink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs a job of the tests into a jar that can be submitted. */
public final class TestJar {

  private TestJar() {}

  /** Writes a jar with {@link TickingJob} as its main class. */
  public static Path ticking(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, TickingJob.class.getName());
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (String name : List.of("TickingJob", "TickingJob$Count")) {
        String entry = "io/kappa/local/flink/" + name + ".class";
        out.putNextEntry(new JarEntry(entry));
        try (InputStream in = TestJar.class.getResourceAsStream("/" + entry)) {
          in.transferTo(out);
        }
        out.closeEntry();
      }
    }
    return jar;
  }
}
