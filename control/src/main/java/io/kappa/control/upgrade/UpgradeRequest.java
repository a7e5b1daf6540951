package io.kappa.control.upgrade;

import io.kappa.common.table.Identifier;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What somebody wants to change of a job's live version.
 *
 * @param jar the jar to go on with; empty: the one that it has
 * @param parallelism the parallelism to go on with; empty: the one that it has
 */
public record UpgradeRequest(Identifier job, Optional<Path> jar, OptionalInt parallelism) {}
