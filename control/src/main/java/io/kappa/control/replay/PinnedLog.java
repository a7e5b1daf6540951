package io.kappa.control.replay;

import io.kappa.control.version.Frontier;
import java.util.List;
import java.util.Map;

/**
 * The log as a version is to read it, resolved once.
 *
 * @param start the first offset of each partition
 * @param end the log's end at that moment
 * @param topicIds topic -> topic id
 * @param truncated the head of a topic is gone
 * @param warnings what the operator should know, one line each
 */
public record PinnedLog(
    Frontier start,
    Frontier end,
    Map<String, String> topicIds,
    boolean truncated,
    List<String> warnings) {}
