package io.kappa.savepoints.compat;

import java.util.Optional;

/**
 * How the serializers of one state get on with those that wrote it.
 *
 * @param key empty where the state isn't kept by key
 * @param namespace empty where nothing divides it further
 * @param value empty where none is kept
 */
public record StateFit(Optional<Fit> key, Optional<Fit> namespace, Optional<Fit> value) {}
