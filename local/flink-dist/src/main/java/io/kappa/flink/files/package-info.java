/** What Flink's processes read files of this machine by. */
package io.kappa.flink.files;
