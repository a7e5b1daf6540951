package io.kappa.local.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.kappa.local.process.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkProgramTest {

  /** Answers, and fails in a thread while it ends, as Flink's may. */
  public static final class FailsAfterItsAnswer {

    private FailsAfterItsAnswer() {}

    @SuppressWarnings("SystemOut") // It is a program.
    public static void main(String[] args) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    throw new IllegalStateException("too late to matter");
                  }));
      for (String arg : args) {
        System.out.println(arg);
      }
      System.exit(0);
    }
  }

  @TempDir private Path noJars;

  @Test
  void whatItsThreadsSayWhileItEndsIsNoPartOfTheAnswer() throws Exception {
    FlinkProgram.Result result = run(FailsAfterItsAnswer.class.getName(), List.of("one", "two"));

    assertThat(result.exitCode()).isZero();
    assertThat(result.answer().lines()).containsExactly("one", "two");
    assertThat(result.lastLine()).isEqualTo("two");
    assertThat(result.errors()).contains("too late to matter");
    assertThat(result.output()).contains("one", "too late to matter");
  }

  @Test
  void withoutAnAnswerTheLastErrorIsTheLastLine() throws Exception {
    FlinkProgram.Result result = run("no.such.Program", List.of());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.answer()).isEmpty();
    assertThat(result.lastLine()).contains("no.such.Program");
  }

  private FlinkProgram.Result run(String main, List<String> arguments) throws Exception {
    Path classes = Path.of(getClass().getProtectionDomain().getCodeSource().getLocation().toURI());
    return FlinkProgram.run(
        new JavaProcess(noJars, main, arguments).jars(List.of(classes)), Map.of());
  }
}
