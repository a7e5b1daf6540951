package io.kappa.local.data;

/**
 * A record to be written, as bytes.
 *
 * @param key {@code null} where it has none
 * @param value {@code null} where it has none, which no event is
 */
// Arrays: messages are handed over once and never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Message(byte[] key, byte[] value) {}
