package io.kappa.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.matcher.ElementMatchers;

/** Takes one safeguard out of the running code, and puts it back when closed. */
public final class Sabotage implements AutoCloseable {

  private final Class<?> victim;
  private final ClassReloadingStrategy strategy;

  private Sabotage(Class<?> victim, String method, Implementation instead) {
    ByteBuddyAgent.install();
    this.victim = victim;
    this.strategy = ClassReloadingStrategy.fromInstalledAgent();
    new ByteBuddy()
        .redefine(victim)
        .method(ElementMatchers.named(method))
        .intercept(instead)
        .make()
        .load(victim.getClassLoader(), strategy);
  }

  /** The method says this, whatever is true. */
  public static Sabotage saying(boolean answer, String className, String method) {
    return new Sabotage(named(className), method, FixedValue.value(answer));
  }

  /** The method does nothing. */
  public static Sabotage silencing(String className, String method) {
    return new Sabotage(named(className), method, StubMethod.INSTANCE);
  }

  /** The method does what another one of its class does, which takes and gives the same. */
  public static Sabotage calling(String className, String method, String other) {
    return new Sabotage(
        named(className),
        method,
        MethodCall.invoke(ElementMatchers.named(other)).withAllArguments());
  }

  private static Class<?> named(String className) {
    try {
      return Class.forName(className);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("there is no safeguard " + className, e);
    }
  }

  @Override
  public void close() {
    try {
      strategy.reset(victim);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
