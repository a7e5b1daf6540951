package io.kappa.savepoints.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The test's job, changed and compiled; its classes are found through a loader of their own. */
final class ChangedJob implements AutoCloseable {

  private final URL classes;
  private final URLClassLoader loader;

  private ChangedJob(URL classes) {
    this.classes = classes;
    this.loader = new URLClassLoader(new URL[] {classes}, ChangedJob.class.getClassLoader());
  }

  /** Compiles the job into a directory of its own. */
  static ChangedJob compiled(Change change, Path directory) throws IOException {
    Path source = Files.createDirectories(directory.resolve("changing")).resolve("Job.java");
    Files.writeString(source, text(change));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter problems = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean done =
          compiler
              .getTask(
                  problems,
                  files,
                  null,
                  List.of("-nowarn", "-proc:none", "-d", directory.toString()),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertThat(done).as("%s: %s", change, problems).isTrue();
    }
    return new ChangedJob(directory.toUri().toURL());
  }

  private static String text(Change change) throws IOException {
    String text;
    try (InputStream in = ChangedJob.class.getResourceAsStream("Job.java.txt")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (int i = 0; i < change.edits().size(); i += 2) {
      assertThat(text).as(change.name()).contains(change.edits().get(i));
      text = text.replace(change.edits().get(i), change.edits().get(i + 1));
    }
    return text;
  }

  /** Where its classes lie, for who runs it. */
  URL classes() {
    return classes;
  }

  /** Its classes, and the test's. */
  ClassLoader loader() {
    return loader;
  }

  /** Puts the job behind a stream of numbers. */
  @SuppressWarnings("unchecked") // as the job's text says
  DataStream<String> behind(DataStream<Long> numbers) throws ReflectiveOperationException {
    try {
      return (DataStream<String>)
          loader
              .loadClass("changing.Job")
              .getMethod("build", DataStream.class)
              .invoke(null, numbers);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the job can't be built", e);
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
