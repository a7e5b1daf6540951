/** Takes a table out as a file, with a manifest that says what it was made from. */
package io.kappa.control.export;
