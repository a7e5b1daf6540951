package io.kappa.control.flink;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Flink cluster, as far as the lifecycle of versions needs one. Every method throws {@link
 * io.kappa.control.Refusal} if the cluster doesn't answer in time.
 */
public interface FlinkCluster {

  /** All jobs that it knows, also those that ended. */
  List<FlinkJob> jobs();

  /**
   * Hands a job in and waits until it's accepted.
   *
   * @return what the cluster calls the job
   * @throws io.kappa.control.Refusal if the job's main method failed, with its message
   */
  String submit(Submission submission);

  /** How many subtasks of one operator it can run at most. */
  int slots();

  /** The last error of a job, in one line; empty if it had none. */
  Optional<String> rootCause(String jobId);

  /** Why a job was restarted, newest first; the last few only. */
  List<JobFailure> failures(String jobId);

  /**
   * How far a job's sources have read, as they said some seconds ago: topic -> partition -> next
   * offset. What isn't known yet is left out.
   */
  Map<String, Map<Integer, Long>> read(String jobId);

  /** Ends a job without a savepoint; does nothing if it has ended. */
  void cancel(String jobId);

  /**
   * Asks a job to stop with a canonical savepoint, from which any state backend can go on. Given
   * again with the same request, it changes nothing.
   *
   * @param directory where the savepoint goes
   * @param request a name of the caller's for this request, 32 hexadecimal digits
   */
  void stopWithSavepoint(String jobId, String directory, String request);

  /**
   * Asks a job for a canonical savepoint, and lets it run on. Given again with the same request, it
   * changes nothing.
   *
   * @param directory where the savepoint goes
   * @param request a name of the caller's for this request, 32 hexadecimal digits
   */
  void triggerSavepoint(String jobId, String directory, String request);

  /** What became of a request to stop, or for a savepoint. */
  StopRequest stopRequest(String jobId, String request);

  /** The job of that name that counts: the one at work, or else the one that began last. */
  default Optional<FlinkJob> job(String name) {
    return FlinkJob.named(name, jobs());
  }
}
