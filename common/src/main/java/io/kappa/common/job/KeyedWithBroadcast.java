package io.kappa.common.job;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/**
 * A keyed stream and one that all subtasks hear, in one operator. Flink connects these for
 * functions only, and a function doesn't see the barriers.
 */
public final class KeyedWithBroadcast {

  private KeyedWithBroadcast() {}

  /**
   * Puts an operator behind both.
   *
   * @param keyed its first input; state is kept by this one's key
   * @param all its second input, which each subtask gets whole
   */
  public static <K, A, B, O> SingleOutputStreamOperator<O> transform(
      KeyedStream<A, K> keyed,
      DataStream<B> all,
      String name,
      TypeInformation<O> type,
      TwoInputStreamOperator<A, B, O> operator) {
    StreamExecutionEnvironment environment = keyed.getExecutionEnvironment();
    TwoInputTransformation<A, B, O> transformation =
        new TwoInputTransformation<>(
            keyed.getTransformation(),
            all.broadcast().getTransformation(),
            name,
            operator,
            type,
            environment.getParallelism());
    transformation.setStateKeyType(keyed.getKeyType());
    transformation.setStateKeySelectors(keyed.getKeySelector(), null);
    environment.addOperator(transformation);
    return new SingleOutputStreamOperator<>(environment, transformation) {};
  }
}
