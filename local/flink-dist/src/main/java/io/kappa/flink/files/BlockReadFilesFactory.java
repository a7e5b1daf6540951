package io.kappa.flink.files;

import com.google.auto.service.AutoService;
import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** By being on the class path it takes the place of Flink's own for {@code file:}. */
@AutoService(FileSystemFactory.class)
public final class BlockReadFilesFactory implements FileSystemFactory {

  @Override
  public String getScheme() {
    return LocalFileSystem.getLocalFsURI().getScheme();
  }

  @Override
  public FileSystem create(URI uri) {
    return new BlockReadFiles();
  }
}
