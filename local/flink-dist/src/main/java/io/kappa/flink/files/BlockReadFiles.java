package io.kappa.flink.files;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** Flink's files of this machine, read in blocks. */
final class BlockReadFiles extends LocalFileSystem {

  @Override
  public FSDataInputStream open(Path path) throws IOException {
    return new BlockReads(super.open(path));
  }
}
