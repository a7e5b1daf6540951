package io.kappa.control.cli;

import io.kappa.control.catalogue.Migration;
import io.kappa.local.Endpoints;
import io.kappa.local.Ports;
import io.kappa.local.Stack;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kappa up}. */
@Command(
    name = "up",
    description = "Start the stack: Kafka, PostgreSQL, ZooKeeper, Flink, each its own process.",
    footer = {
      "",
      "Ports can be set here or by KAPPA_KAFKA_PORT, KAPPA_POSTGRES_PORT, KAPPA_FLINK_PORT,",
      "KAPPA_ZOOKEEPER_PORT; 0 takes a free one. Once used, a port is kept.",
      "",
      "Example:",
      "  ./kappa up --flink-port 8082"
    })
final class UpCommand implements Runnable {

  @Option(names = "--fresh", description = "Delete all data first: log, tables, checkpoints.")
  private boolean fresh;

  @Option(names = "--json", description = "Print where the parts answer as JSON.")
  private boolean json;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "${env:KAPPA_KAFKA_PORT:-19092}",
      description = "The broker's port (default: ${DEFAULT-VALUE}).")
  private int kafka;

  @Option(
      names = "--postgres-port",
      paramLabel = "PORT",
      defaultValue = "${env:KAPPA_POSTGRES_PORT:-15432}",
      description = "PostgreSQL's port (default: ${DEFAULT-VALUE}).")
  private int postgres;

  @Option(
      names = "--flink-port",
      paramLabel = "PORT",
      defaultValue = "${env:KAPPA_FLINK_PORT:-18081}",
      description = "The port of Flink's web UI (default: ${DEFAULT-VALUE}).")
  private int flink;

  @Option(
      names = "--zookeeper-port",
      paramLabel = "PORT",
      defaultValue = "${env:KAPPA_ZOOKEEPER_PORT:-12181}",
      description = "ZooKeeper's port (default: ${DEFAULT-VALUE}).")
  private int zookeeper;

  private final Installation installation;
  private final Terminal terminal;

  UpCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Ports ports = new Ports(kafka, postgres, flink, zookeeper);
    Stack stack = Stack.of(installation.config().withPorts(ports));
    if (fresh) {
      stack.fresh();
    }
    Endpoints endpoints = up(installation, stack, json ? terminal::note : terminal::say);
    if (json) {
      terminal.say(JsonText.of(facts(endpoints)));
    } else {
      terminal.say("Kafka       " + endpoints.kafkaBootstrap());
      terminal.say("PostgreSQL  " + endpoints.jdbcUrl());
      terminal.say("Flink       " + endpoints.flinkRest());
    }
  }

  /** Starts what doesn't run, and brings the catalogue to this release. */
  static Endpoints up(Installation installation, Stack stack, Consumer<String> progress) {
    Endpoints endpoints = stack.up(progress);
    new Migration(installation.owner()).run();
    DriverProcess.supervisor(installation).start(progress);
    return endpoints;
  }

  private static Map<String, String> facts(Endpoints endpoints) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("kafka", endpoints.kafkaBootstrap());
    facts.put("store", endpoints.jdbcUrl());
    facts.put("flink", endpoints.flinkRest().toString());
    facts.put("zookeeper", endpoints.zookeeper());
    facts.put("secrets", endpoints.secrets().toString());
    return facts;
  }
}
