package io.kappa.control.mistakes;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import net.bytebuddy.matcher.ElementMatchers;

/** Places in the running code at which a test is told that somebody passes, until closed. */
public final class Seam implements AutoCloseable {

  // The watched code has no way to an object of the test's, only to what is static.
  private static final AtomicReference<Consumer<String>> TOLD = new AtomicReference<>(where -> {});

  private final List<Class<?>> watched = new ArrayList<>();
  private final ClassReloadingStrategy strategy;

  /**
   * @param told is told {@code before Class.method} and {@code after Class.method}
   */
  Seam(Consumer<String> told) {
    ByteBuddyAgent.install();
    this.strategy = ClassReloadingStrategy.fromInstalledAgent();
    TOLD.set(told);
  }

  /**
   * Watches methods of a class.
   *
   * @throws IllegalArgumentException if the class doesn't have one of them itself, where nobody
   *     would ever pass
   */
  Seam at(String className, String... methods) {
    try {
      Class<?> type = Class.forName(className);
      Set<String> own =
          Arrays.stream(type.getDeclaredMethods()).map(Method::getName).collect(toSet());
      if (!own.containsAll(List.of(methods))) {
        throw new IllegalArgumentException(
            className + " doesn't have all of " + List.of(methods) + " itself");
      }
      new ByteBuddy()
          .redefine(type)
          .visit(Advice.to(Watch.class).on(ElementMatchers.namedOneOf(methods)))
          .make()
          .load(type.getClassLoader(), strategy);
      watched.add(type);
      return this;
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("there is no class " + className, e);
    }
  }

  /** Called from the watched methods. */
  public static void pass(String where) {
    TOLD.get().accept(where);
  }

  @Override
  public void close() {
    TOLD.set(where -> {});
    try {
      strategy.reset(watched.toArray(Class<?>[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is woven into the watched methods. */
  public static final class Watch {

    private Watch() {}

    /** At the beginning. */
    @Advice.OnMethodEnter
    public static void before(@Advice.Origin("#t.#m") String method) {
      pass("before " + method.substring(method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1));
    }

    /** At the end, if nothing was thrown. */
    @Advice.OnMethodExit
    public static void after(@Advice.Origin("#t.#m") String method) {
      pass("after " + method.substring(method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1));
    }
  }
}
