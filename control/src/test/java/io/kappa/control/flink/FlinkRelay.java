package io.kappa.control.flink;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Passes everything on to another cluster; a test overrides what it wants to be otherwise. */
public abstract class FlinkRelay implements FlinkCluster {

  /** Whom everything is passed on to. */
  protected abstract FlinkCluster flink();

  @Override
  public List<FlinkJob> jobs() {
    return flink().jobs();
  }

  @Override
  public String submit(Submission submission) {
    return flink().submit(submission);
  }

  @Override
  public int slots() {
    return flink().slots();
  }

  @Override
  public Optional<String> rootCause(String jobId) {
    return flink().rootCause(jobId);
  }

  @Override
  public List<JobFailure> failures(String jobId) {
    return flink().failures(jobId);
  }

  @Override
  public Map<String, Map<Integer, Long>> read(String jobId) {
    return flink().read(jobId);
  }

  @Override
  public void cancel(String jobId) {
    flink().cancel(jobId);
  }

  @Override
  public void stopWithSavepoint(String jobId, String directory, String request) {
    flink().stopWithSavepoint(jobId, directory, request);
  }

  @Override
  public void triggerSavepoint(String jobId, String directory, String request) {
    flink().triggerSavepoint(jobId, directory, request);
  }

  @Override
  public StopRequest stopRequest(String jobId, String request) {
    return flink().stopRequest(jobId, request);
  }
}
