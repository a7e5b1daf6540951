package io.kappa.control.version;

import java.time.Instant;
import java.util.Map;

/**
 * One run lineage of a job, as it was pinned at launch. Never changed, save its phase.
 *
 * @param purpose what it was made for
 * @param jarSha256 of the jar's bytes, in hexadecimal
 * @param jar where the jar lies
 * @param parameters every parameter, as text
 * @param start the first offset of each partition that it reads
 * @param logEnd the log's end when it was pinned: a first version lives once it has come this far
 * @param topicIds topic -> topic id
 * @param truncated the log had lost its head when the version was pinned
 */
public record Version(
    VersionName name,
    Phase phase,
    Purpose purpose,
    String jarSha256,
    String jar,
    Map<String, String> parameters,
    Frontier start,
    Frontier logEnd,
    Map<String, String> topicIds,
    int maxParallelism,
    boolean truncated,
    Instant createdAt) {}
