package io.kappa.control.replay;

import java.nio.file.Path;

/**
 * What a job connects to, as its arguments say it.
 *
 * @param kafka {@code host:port} of a broker
 * @param store JDBC URL, without user and password
 * @param storePasswordFile the job's password for the store
 */
public record Ends(String kafka, String store, String storeUser, Path storePasswordFile) {}
