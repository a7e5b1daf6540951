package io.kappa.control.replay;

import io.kappa.common.table.Identifier;
import io.kappa.control.version.RunProfile;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What somebody wants of a candidate.
 *
 * @param jar where its code comes from
 * @param given parameters that aren't to be as the live version has them
 * @param truncatedIsFine a log whose head is gone is accepted
 * @param toFenceOnly it stays at its fence until told otherwise
 * @param rate records a second that a fenced leg may read at most, 0 without limit; empty: as it
 *     was, or without limit if it's new
 * @param replay how its fenced legs are run
 * @param live how its last leg is run
 */
public record CandidateRequest(
    Identifier job,
    Path jar,
    Map<String, String> given,
    boolean truncatedIsFine,
    boolean toFenceOnly,
    OptionalLong rate,
    RunProfile replay,
    RunProfile live) {}
