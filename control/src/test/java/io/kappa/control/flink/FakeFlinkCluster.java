package io.kappa.control.flink;

import io.kappa.control.Refusal;
import io.kappa.control.version.EngineState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster in memory: jobs are what a test says they are. */
public final class FakeFlinkCluster implements FlinkCluster {

  private final List<FlinkJob> jobs = new ArrayList<>();
  private final List<Submission> submissions = new ArrayList<>();
  private final Map<String, String> causes = new HashMap<>();
  private final Map<String, List<JobFailure>> failures = new HashMap<>();
  private final Map<String, String> stops = new HashMap<>();
  private final List<String> stopDirectories = new ArrayList<>();
  private Optional<Refusal> refusal = Optional.empty();

  @Override
  public List<FlinkJob> jobs() {
    return List.copyOf(jobs);
  }

  @Override
  public String submit(Submission submission) {
    refusal.ifPresent(
        refused -> {
          throw refused;
        });
    submissions.add(submission);
    String id = "job-" + submissions.size();
    String name = submission.configuration().get("pipeline.name");
    jobs.add(
        new FlinkJob(id, name, EngineState.RUNNING, Instant.ofEpochSecond(submissions.size())));
    return id;
  }

  @Override
  public Optional<String> rootCause(String jobId) {
    return Optional.ofNullable(causes.get(jobId));
  }

  @Override
  public List<JobFailure> failures(String jobId) {
    return failures.getOrDefault(jobId, List.of());
  }

  @Override
  public Map<String, Map<Integer, Long>> read(String jobId) {
    return Map.of();
  }

  @Override
  public void cancel(String jobId) {
    end(jobId, EngineState.CANCELED);
  }

  @Override
  public void stopWithSavepoint(String jobId, String directory, String request) {
    stops.putIfAbsent(request, jobId);
    stopDirectories.add(directory);
  }

  @Override
  public int slots() {
    return 16;
  }

  @Override
  public void triggerSavepoint(String jobId, String directory, String request) {
    stops.putIfAbsent(request, jobId);
  }

  @Override
  public StopRequest stopRequest(String jobId, String request) {
    return StopRequest.without(
        stops.containsKey(request) ? StopRequest.State.UNDER_WAY : StopRequest.State.UNKNOWN);
  }

  /** A job comes into a state. */
  public void end(String jobId, EngineState state) {
    jobs.replaceAll(
        job ->
            job.id().equals(jobId) ? new FlinkJob(jobId, job.name(), state, job.startedAt()) : job);
  }

  /** Why a job was restarted. */
  public void failures(String jobId, List<JobFailure> because) {
    failures.put(jobId, because);
  }

  /** Where savepoints were asked for. */
  public List<String> stopDirectories() {
    return List.copyOf(stopDirectories);
  }

  /** All that was handed in, in order. */
  public List<Submission> submissions() {
    return List.copyOf(submissions);
  }

  /** From now on, submissions are refused with this; or no longer. */
  public void refuse(Optional<Refusal> because) {
    this.refusal = because;
  }

  /** All jobs of that name come into a state. */
  public void become(String name, EngineState state) {
    jobs.replaceAll(
        job ->
            job.name().equals(name) ? new FlinkJob(job.id(), name, state, job.startedAt()) : job);
  }

  /** Why a job failed or tries again. */
  public void cause(String jobId, String cause) {
    causes.put(jobId, cause);
  }
}
