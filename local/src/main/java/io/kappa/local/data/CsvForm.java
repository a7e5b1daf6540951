package io.kappa.local.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How a CSV is written: RFC 4180, with a header.
 *
 * @param charset one in which a line's end is the byte 10
 */
record CsvForm(char delimiter, Charset charset) {

  static final CsvForm STANDARD = new CsvForm(',', StandardCharsets.UTF_8);
}
