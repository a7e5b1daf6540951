package io.kappa.control.replay;

import io.kappa.control.catalogue.Entry;
import io.kappa.control.catalogue.LeaseLost;
import io.kappa.control.flink.FlinkJob;
import io.kappa.control.flink.Submission;
import io.kappa.control.version.Leg;
import io.kappa.control.version.RunProfile;
import io.kappa.control.version.VersionName;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Hands versions to the engine, each from where its leg has come to. */
final class Submitter {

  private final Tools tools;
  private final Consumer<String> say;

  Submitter(Tools tools, Consumer<String> say) {
    this.tools = tools;
    this.say = say;
  }

  /**
   * Hands a version in if it doesn't run.
   *
   * @param profile instead of its leg's own
   * @throws io.kappa.control.Refusal if somebody else is at it, or the engine refuses
   */
  void submit(VersionName name, Optional<RunProfile> profile) {
    submit(name, profile, entry -> true);
  }

  /**
   * Hands a version in that was seen not to run.
   *
   * @throws LeaseLost if it isn't any more where it was seen; a run of a leg that has ended would
   *     stand in the way of the next
   * @throws io.kappa.control.Refusal if somebody else is at it, or the engine refuses
   */
  void submit(Entry seen) {
    submit(seen.version().name(), Optional.empty(), seen::isWhereItWas);
  }

  private void submit(VersionName name, Optional<RunProfile> profile, Predicate<Entry> asSeen) {
    tools
        .versions()
        .whileSubmitting(
            name,
            () -> {
              // What was seen before the turn at it came may be old.
              Entry entry = tools.versions().snapshot().of(name).orElseThrow();
              if (!asSeen.test(entry)) {
                throw new LeaseLost(name);
              }
              submit(entry, profile.orElseGet(() -> entry.leg().orElseThrow().profile()));
              return null;
            });
  }

  private void submit(Entry entry, RunProfile profile) {
    VersionName name = entry.version().name();
    Optional<FlinkJob> there =
        tools.flink().job(name.runName()).filter(job -> job.state().isActive());
    if (there.isPresent()) {
      noteWhatNobodyNoted(entry, there.get());
      say.accept("%s runs already as Flink job %s".formatted(name, there.get().id()));
      return;
    }
    Submission submission = submission(entry, profile, Optional.of(entry.ledger().link()));
    String id = tools.flink().submit(submission);
    Map<String, String> detail = new TreeMap<>(Map.of("flinkJob", id));
    submission.restoreFrom().ifPresent(path -> detail.put("from", path));
    tools.versions().noteSubmitted(name, id, tools.actor(), detail);
    say.accept("handed %s in as Flink job %s".formatted(name, id));
  }

  /**
   * What there is to hand in.
   *
   * @param follows the ledger's last batch, where the version is handed in at once
   */
  Submission submission(Entry entry, RunProfile profile, Optional<String> follows) {
    Optional<String> from = tools.checkpoints().toGoOnFrom(entry, tools.savepoints());
    boolean fenced = entry.leg().flatMap(Leg::fence).isPresent();
    return new LaunchSubmission(entry.version(), profile, fenced, follows, tools.ends()).from(from);
  }

  /** A command that was killed right after it handed the job in couldn't say so any more. */
  private void noteWhatNobodyNoted(Entry entry, FlinkJob there) {
    if (entry.newestRun().isPresent() && entry.newestRun().get().engineJob().isEmpty()) {
      tools
          .versions()
          .noteSubmitted(
              entry.version().name(), there.id(), tools.actor(), Map.of("flinkJob", there.id()));
    }
  }
}
