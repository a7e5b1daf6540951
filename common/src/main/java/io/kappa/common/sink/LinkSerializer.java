package io.kappa.common.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes the writer's last link into checkpoints. */
final class LinkSerializer implements SimpleVersionedSerializer<Link> {

  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(Link link) {
    return link.text().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Link deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "Link of version %d can't be read; known is %d".formatted(version, VERSION));
    }
    return Link.parse(new String(serialized, StandardCharsets.UTF_8));
  }
}
