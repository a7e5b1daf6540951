package io.kappa.common.sink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes batches into checkpoints. */
final class BatchSerializer implements SimpleVersionedSerializer<Batch> {

  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(Batch batch) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(batch.checkpoint());
      out.writeUTF(batch.link().text());
      out.writeUTF(batch.previous().text());
      out.writeInt(batch.chunks().size());
      for (Chunk chunk : batch.chunks()) {
        write(chunk, out);
      }
    }
    return bytes.toByteArray();
  }

  private static void write(Chunk chunk, DataOutputStream out) throws IOException {
    out.writeUTF(chunk.kind().name());
    out.writeUTF(chunk.table());
    out.writeLong(chunk.owner());
    out.writeLong(chunk.upserts());
    out.writeLong(chunk.deletes());
    out.writeLong(chunk.from());
    out.writeLong(chunk.to());
    out.writeInt(chunk.payload().length);
    out.write(chunk.payload());
  }

  @Override
  public Batch deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "Batch of version %d can't be read; known is %d".formatted(version, VERSION));
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
      long checkpoint = in.readLong();
      Link link = Link.parse(in.readUTF());
      Link previous = Link.parse(in.readUTF());
      int count = in.readInt();
      List<Chunk> chunks = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        chunks.add(readChunk(in));
      }
      return new Batch(checkpoint, link, previous, chunks);
    }
  }

  private static Chunk readChunk(DataInputStream in) throws IOException {
    Chunk.Kind kind = Chunk.Kind.valueOf(in.readUTF());
    String table = in.readUTF();
    long owner = in.readLong();
    long upserts = in.readLong();
    long deletes = in.readLong();
    long from = in.readLong();
    long to = in.readLong();
    byte[] payload = in.readNBytes(in.readInt());
    return new Chunk(kind, table, owner, upserts, deletes, from, to, payload);
  }
}
