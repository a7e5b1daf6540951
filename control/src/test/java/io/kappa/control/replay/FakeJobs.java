package io.kappa.control.replay;

import io.kappa.common.table.Identifier;
import io.kappa.control.Refusal;
import io.kappa.control.TestStore;
import io.kappa.control.jar.JobDescription;
import io.kappa.control.jar.Jobs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A jar with one job that reads one topic. */
public record FakeJobs(String topic) implements Jobs {

  @Override
  public List<JobDescription> all(Path jar) {
    return List.of(
        new JobDescription(
            TestStore.JOB.value(), "a job", List.of(), List.of(topic), List.of(TestStore.ITEMS)));
  }

  @Override
  public Map<String, String> parameters(Path jar, Identifier job, Map<String, String> given) {
    if (!Map.of("min-watch", "").keySet().containsAll(given.keySet())) {
      throw new Refusal("no such parameter: " + given, "there is min-watch");
    }
    Map<String, String> all = new TreeMap<>(Map.of("min-watch", "0"));
    all.putAll(given);
    return all;
  }
}
