package io.kappa.control.catalogue;

import io.kappa.control.version.VersionName;

/** Somebody else drives the version on by now, or it isn't any more where it was. */
public final class LeaseLost extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LeaseLost(VersionName version) {
    super(version + " is driven by somebody else, or has moved on");
  }
}
