package io.kappa.jobs.featurelog;

import com.google.auto.service.AutoService;
import io.kappa.common.event.Label;
import io.kappa.common.event.Transaction;
import io.kappa.common.event.serde.Topics;
import io.kappa.common.job.Change;
import io.kappa.common.job.ChangeTypeInfoFactory;
import io.kappa.common.job.Input;
import io.kappa.common.job.JobDefinition;
import io.kappa.common.job.Outputs;
import io.kappa.common.job.Parameter;
import io.kappa.common.job.Parameters;
import io.kappa.common.job.Streams;
import io.kappa.common.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/** For each judged transaction what was known when it happened: what models are trained with. */
@AutoService(JobDefinition.class)
public final class FeatureLog implements JobDefinition {

  static final Parameter<Long> LABEL_HORIZON =
      atMost90Days(
          Parameter.duration(
              "label-horizon",
              "30d",
              "a label later than this after its transaction doesn't count; up to 90d"));

  static final Parameter<Long> DELAY =
      atMost90Days(
          Parameter.duration(
              "delay",
              "0",
              "terminals are judged by transactions that are older than this; up to 90d"));

  private static Parameter<Long> atMost90Days(Parameter<Long> any) {
    Function<Long, Optional<String>> check =
        value -> value <= 90 * Days.MS ? Optional.empty() : Optional.of("allowed is 0 to 90d");
    return new Parameter<>(any.name(), any.defaultText(), any.description(), any.parse(), check);
  }

  @Override
  public String name() {
    return "feature-log";
  }

  @Override
  public String description() {
    return "Keeps for each judged transaction what was known when it happened";
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(LABEL_HORIZON, DELAY);
  }

  @Override
  public List<Input<?>> inputs(Parameters parameters) {
    return List.of(Input.all(Topics.TRANSACTIONS), Input.all(Topics.LABELS));
  }

  @Override
  public List<Table<?>> tables() {
    return List.of(TrainingExample.TABLE);
  }

  @Override
  public Outputs define(Streams streams, Parameters parameters) {
    Terms terms = new Terms(parameters.get(LABEL_HORIZON), parameters.get(DELAY));
    DataStream<Change<TrainingExample>> examples =
        streams
            .of(Topics.TRANSACTIONS)
            .connect(streams.of(Topics.LABELS))
            .keyBy(Transaction::accountId, Label::accountId, Types.STRING)
            .transform("accounts", TypeInformation.of(ToTerminal.class), new Accounts(terms))
            .uid("accounts")
            .keyBy(ToTerminal::terminalId, Types.STRING)
            .transform("terminals", TypeInformation.of(TrainingExample.class), new Terminals(terms))
            .uid("terminals")
            .keyBy(example -> example.sale().transactionId(), Types.STRING)
            .process(
                new NewestOfId(terms),
                ChangeTypeInfoFactory.of(TypeInformation.of(TrainingExample.class)))
            .name("newest-of-id")
            .uid("newest-of-id");
    return new Outputs().with(TrainingExample.TABLE, examples);
  }
}
