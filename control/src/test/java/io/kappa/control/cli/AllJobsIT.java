package io.kappa.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.control.jar.JobDescription;
import io.kappa.local.junit.LocalStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every job of the distribution on a generated log of all topics, through the command alone. It
 * wants a stack of its own: nothing else may have written to its topics.
 */
class AllJobsIT {

  @RegisterExtension static final LocalStack STACK = LocalStack.withFlink();

  private static final CommandLineOn KAPPA = new CommandLineOn(STACK);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENTS = "40000";

  private static JsonNode written;
  private static List<JobDescription> jobs;

  @BeforeAll
  static void everyJobHasReadTheLog() throws Exception {
    KAPPA.call("up").done();
    written =
        JSON.readTree(
                KAPPA
                    .call("generate", "--events", EVENTS, "--seed", "11", "--late=0.01", "--json")
                    .done())
            .path("topics");
    Installation installation =
        new Installation(STACK.stack().config().home(), STACK.stack().config().data());
    jobs = installation.jobs().all(installation.jar(Optional.empty()));
    for (JobDescription job : jobs) {
      KAPPA.call("start", job.name(), "--parallelism", "1").done();
    }
    for (JobDescription job : jobs) {
      KAPPA.call("wait", job.name(), "--timeout", "5m").done();
    }
  }

  @Test
  void quarantineHoldsJustTheLateAndBrokenRecordsThatWereWritten() {
    Map<String, Map<String, Long>> found = ofEach(job -> quarantine(job.name()));

    Map<String, Map<String, Long>> expected = ofEach(AllJobsIT::spoilt);
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void whatEachJobServesIsWhatTheLogSays() {
    Map<String, String> verified =
        ofEach(
            job ->
                KAPPA
                    .call(
                        "verify",
                        job.name(),
                        "--parallelism=1",
                        "--live-parallelism=1",
                        "--timeout=5m")
                    .done());

    assertThat(verified)
        .allSatisfy(
            (job, said) ->
                assertThat(said)
                    .containsPattern(job + " v1 is what the log says: 0 differences in [1-9]"));
  }

  /** Topic -> late and broken records in it, of a job's topics that have some. */
  private static Map<String, Long> spoilt(JobDescription job) {
    return job.topics().stream()
        .collect(
            Collectors.toMap(
                topic -> topic,
                topic ->
                    written.path(topic).path("late").asLong()
                        + written.path(topic).path("broken").asLong(),
                Long::sum,
                TreeMap::new))
        .entrySet()
        .stream()
        .filter(each -> each.getValue() > 0)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map<String, Long> quarantine(String job) {
    String query =
        "select topic, count(*) as n from %s.quarantine group by topic"
            .formatted(job.replace('-', '_'));
    try {
      Map<String, Long> found = new TreeMap<>();
      JSON.readTree(KAPPA.piped(query, "sql", "--json", "-").done())
          .forEach(row -> found.put(row.path("topic").asText(), row.path("n").asLong()));
      return found;
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** Asks of all jobs at once. */
  private static <T> Map<String, T> ofEach(Function<JobDescription, T> question) {
    Map<String, CompletableFuture<T>> asked = new TreeMap<>();
    jobs.forEach(
        job -> asked.put(job.name(), CompletableFuture.supplyAsync(() -> question.apply(job))));
    Map<String, T> answers = new TreeMap<>();
    asked.forEach((job, answer) -> answers.put(job, answer.join()));
    return answers;
  }
}
