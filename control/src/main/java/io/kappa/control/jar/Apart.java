package io.kappa.control.jar;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs code of jars together with the engine's, apart from ours: any release's can be asked. */
final class Apart {

  private final Path engine;

  /**
   * @param engine the directory with the engine's jars
   */
  Apart(Path engine) {
    this.engine = engine;
  }

  /**
   * A static method of a class in a jar.
   *
   * @param types of its parameters
   */
  record Question(String className, String method, List<Class<?>> types) {}

  /**
   * Calls a static method. What it gives must be of the JDK's classes alone.
   *
   * @throws InvocationTargetException if the method throws
   * @throws ReflectiveOperationException if there is none
   */
  Object ask(List<Path> jars, Question question, Object... arguments)
      throws ReflectiveOperationException, IOException {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader apart =
        new URLClassLoader(urls(jars), ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(apart);
      return apart
          .loadClass(question.className())
          .getMethod(question.method(), question.types().toArray(Class<?>[]::new))
          .invoke(null, arguments);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private URL[] urls(List<Path> jars) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    if (Files.isDirectory(engine)) {
      try (DirectoryStream<Path> engines = Files.newDirectoryStream(engine, "*.jar")) {
        for (Path each : engines) {
          urls.add(each.toUri().toURL());
        }
      }
    }
    return urls.toArray(URL[]::new);
  }
}
