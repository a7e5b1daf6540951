package io.kappa.savepoints.inspect;

import java.util.List;
import java.util.Optional;

/**
 * What an operator left in a savepoint.
 *
 * @param id 32 hexadecimal digits, made from the uid; state finds its operator by it
 * @param uid what the job calls it, if the savepoint says so
 * @param name what people call it, if the savepoint says so
 * @param bytes of all its subtasks together
 * @param states in the order of their names
 */
public record SavedOperator(
    String id,
    Optional<String> uid,
    Optional<String> name,
    int parallelism,
    int maxParallelism,
    long bytes,
    List<SavedState> states) {}
