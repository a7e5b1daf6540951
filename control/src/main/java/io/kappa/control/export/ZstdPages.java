package io.kappa.control.export;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Compresses pages. Parquet's own codecs are Hadoop's classes; and zstd comes with its code, where
 * gzip's bytes depend on the zlib of the machine.
 */
final class ZstdPages implements BytesInputCompressor {

  private static final int LEVEL = 3;

  @Override
  public BytesInput compress(BytesInput page) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(page.size()));
    page.writeAllTo(bytes);
    return BytesInput.from(Zstd.compress(bytes.toByteArray(), LEVEL));
  }

  @Override
  public CompressionCodecName getCodecName() {
    return CompressionCodecName.ZSTD;
  }

  @Override
  public void release() {}
}
