package io.kappa.control.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stack trace as Flink's REST interface hands it over, and the one line of it that matters. */
final class Trace {

  private record Link(String type, String message) {

    String said() {
      if (isOurs() || message.isEmpty()) {
        return message.isEmpty() ? simpleName() : message;
      }
      return simpleName() + ": " + message;
    }

    boolean isOurs() {
      return type.startsWith("io.kappa.");
    }

    private String simpleName() {
      return type.substring(type.lastIndexOf('.') + 1);
    }
  }

  private static final Pattern HEAD =
      Pattern.compile("^(?:Caused by: |\\[.*?] )?((?:\\w+\\.)+[\\w$]+)(?:: (.*))?$");
  private static final String OF_MAIN = "The main method caused an error: ";

  /** What becomes of a jar that doesn't go together with the classes that are there. */
  private static final Set<String> UNFIT =
      Set.of(
          "java.lang.NoClassDefFoundError",
          "java.lang.NoSuchMethodError",
          "java.lang.NoSuchFieldError",
          "java.lang.AbstractMethodError",
          "java.lang.IncompatibleClassChangeError",
          "java.lang.UnsupportedClassVersionError",
          "java.lang.ExceptionInInitializerError");

  private final List<Link> links = new ArrayList<>();

  Trace(String text) {
    for (String line : text.lines().toList()) {
      Matcher head = HEAD.matcher(line.strip());
      boolean begins = links.isEmpty() || line.startsWith("Caused by: ");
      if (begins && head.matches()) {
        String message = head.group(2) == null ? "" : head.group(2).strip();
        links.add(new Link(head.group(1), message));
      }
    }
  }

  /**
   * Whether the job's own main method failed, and not for want of memory. Flink passes errors of a
   * main method on as they are.
   */
  boolean isOfMain() {
    return links.stream()
            .anyMatch(link -> link.message().startsWith(OF_MAIN) || UNFIT.contains(link.type()))
        && links.stream().noneMatch(link -> link.type().equals("java.lang.OutOfMemoryError"));
  }

  /** The class of the innermost cause. */
  Optional<String> rootType() {
    return links.isEmpty() ? Optional.empty() : Optional.of(links.get(links.size() - 1).type());
  }

  /**
   * What went wrong, in one line: the message of main() if it threw; what Kappa's own code said; or
   * the innermost cause.
   */
  Optional<String> cause() {
    Optional<String> ofMain =
        links.stream()
            .map(Link::message)
            .filter(message -> message.startsWith(OF_MAIN))
            .map(message -> message.substring(OF_MAIN.length()))
            .findFirst();
    return ofMain
        .or(() -> links.stream().filter(Link::isOurs).map(Link::said).findFirst())
        .or(() -> links.stream().map(Link::said).reduce((outer, inner) -> inner));
  }
}
