/** Moves a job's readers from one version to another and back, and takes versions out of use. */
package io.kappa.control.cutover;
