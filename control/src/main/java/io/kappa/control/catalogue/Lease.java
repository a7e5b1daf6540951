package io.kappa.control.catalogue;

import io.kappa.control.version.VersionName;
import java.util.UUID;

/**
 * The right to drive a version on, for a short time.
 *
 * @param holder who has it, for people
 * @param token who has it, for the catalogue
 */
public record Lease(VersionName version, String holder, UUID token) {}
