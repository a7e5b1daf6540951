package io.kappa.savepoints.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.StandardParameters;
import io.kappa.jobs.script.LoggedRecord;
import io.kappa.local.data.GeneratedRecord;
import io.kappa.local.data.GeneratorSettings;
import io.kappa.local.data.World;
import io.kappa.local.data.WorldSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Records of all topics, in the order in which they were written.
 *
 * @param records topic -> partition -> its records, in the order of their offsets
 */
record GoldenLog(Map<String, List<List<LoggedRecord>>> records) {

  static final int PARTITIONS = 2;

  /** Of so many records at most, one is of a topic that the job reads. */
  private static final long MOST_OTHERS = 8;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A line of the file: a record and its topic. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Line(String topic, int partition, long offset, long timestamp, byte[] value) {}

  /**
   * Two parts of a generated world, with so many records of what a job reads: what comes before a
   * savepoint, and what comes after.
   */
  static List<GoldenLog> generated(JobDefinition job, long seed, int before, int after) {
    World world =
        new World(
            WorldSettings.history(
                GeneratorSettings.standard(seed),
                Set.copyOf(Topics.all()),
                MOST_OTHERS * (before + after),
                WorldSettings.SPAN,
                WorldSettings.LATEST_LABEL));
    Parameters parameters = Parameters.read(StandardParameters.with(job), Map.of());
    Set<String> topics =
        job.inputs(parameters).stream()
            .map(input -> input.topic().name())
            .collect(Collectors.toSet());
    Map<String, long[]> offsets = new TreeMap<>();
    GoldenLog first = empty();
    GoldenLog then = empty();
    int count = 0;
    while (count < before + after) {
      GeneratedRecord<?> record = world.next();
      if (topics.contains(record.topic().name())) {
        (count < before ? first : then).add(record, offsets);
        count++;
      }
    }
    return List.of(first, then);
  }

  private static GoldenLog empty() {
    return new GoldenLog(new TreeMap<>());
  }

  private void add(GeneratedRecord<?> record, Map<String, long[]> offsets) {
    byte[] key = record.message().key() == null ? record.message().value() : record.message().key();
    int partition = Math.floorMod(Arrays.hashCode(key), PARTITIONS);
    String topic = record.topic().name();
    long offset = offsets.computeIfAbsent(topic, name -> new long[PARTITIONS])[partition]++;
    add(topic, new LoggedRecord(partition, offset, record.moment(), record.message().value()));
  }

  private void add(String topic, LoggedRecord record) {
    List<List<LoggedRecord>> partitions = records.computeIfAbsent(topic, name -> new ArrayList<>());
    while (partitions.size() < PARTITIONS) {
      partitions.add(new ArrayList<>());
    }
    partitions.get(record.partition()).add(record);
  }

  List<List<LoggedRecord>> of(String topic) {
    return records.getOrDefault(topic, List.of(List.of(), List.of()));
  }

  /** How many records a topic has. */
  int count(String topic) {
    return of(topic).stream().mapToInt(List::size).sum();
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    records.forEach(
        (topic, partitions) ->
            partitions.forEach(
                partition -> partition.forEach(record -> lines.add(line(topic, record)))));
    Files.write(file, lines);
  }

  private static String line(String topic, LoggedRecord record) {
    try {
      return MAPPER.writeValueAsString(
          new Line(topic, record.partition(), record.offset(), record.timestamp(), record.value()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GoldenLog read(Path file) throws IOException {
    GoldenLog log = empty();
    for (String text : Files.readAllLines(file)) {
      Line line = MAPPER.readValue(text, Line.class);
      log.add(
          line.topic(),
          new LoggedRecord(line.partition(), line.offset(), line.timestamp(), line.value()));
    }
    return log;
  }
}
