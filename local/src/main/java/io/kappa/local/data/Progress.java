package io.kappa.local.data;

/** Told from time to time how far loading or generating has come; at least once, at the end. */
@FunctionalInterface
public interface Progress {

  /**
   * @param done loading: bytes of the file (as it lies on disk) read so far; generating: records
   *     handed over so far
   * @param total what {@code done} is on its way to; 0 where that isn't known
   * @param records records handed over so far
   */
  void at(long done, long total, long records);
}
