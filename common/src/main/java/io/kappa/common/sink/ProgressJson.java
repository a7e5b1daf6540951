package io.kappa.common.sink;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kappa.common.log.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;

/** Progress as a chunk, and back. */
public final class ProgressJson implements MapFunction<Progress, Chunk> {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  @Override
  public Chunk map(Progress progress) throws IOException {
    return Chunk.progress(JSON.writeValueAsBytes(progress));
  }

  static List<Progress> of(Batch batch) throws IOException {
    List<Progress> moves = new ArrayList<>();
    for (Chunk chunk : batch.chunks()) {
      if (chunk.kind() == Chunk.Kind.PROGRESS) {
        moves.add(JSON.readValue(chunk.payload(), Progress.class));
      }
    }
    return moves;
  }
}
