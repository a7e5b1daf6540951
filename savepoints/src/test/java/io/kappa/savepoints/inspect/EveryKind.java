package io.kappa.savepoints.inspect;

import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.AggregatingStateDescriptor;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReducingStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Has state of every kind that there is. */
final class EveryKind extends KeyedProcessFunction<Long, Long, Long>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  private static final class Largest implements AggregateFunction<Long, Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long createAccumulator() {
      return 0L;
    }

    @Override
    public Long add(Long value, Long largest) {
      return Math.max(value, largest);
    }

    @Override
    public Long getResult(Long largest) {
      return largest;
    }

    @Override
    public Long merge(Long one, Long other) {
      return Math.max(one, other);
    }
  }

  @Override
  public void open(OpenContext context) throws Exception {
    getRuntimeContext()
        .getState(new ValueStateDescriptor<>("value", TypeInformation.of(Counted.class)));
    getRuntimeContext().getListState(new ListStateDescriptor<>("list", Types.STRING));
    getRuntimeContext()
        .getMapState(new MapStateDescriptor<>("map", Types.INT, Types.PRIMITIVE_ARRAY(Types.LONG)));
    getRuntimeContext()
        .getReducingState(new ReducingStateDescriptor<>("reducing", Long::sum, Types.LONG));
    getRuntimeContext()
        .getAggregatingState(
            new AggregatingStateDescriptor<>("aggregating", new Largest(), Types.LONG));
  }

  @Override
  public void processElement(Long number, Context context, Collector<Long> out) throws Exception {
    getRuntimeContext()
        .getState(new ValueStateDescriptor<>("value", TypeInformation.of(Counted.class)))
        .update(new Counted(number, "last"));
    context.timerService().registerEventTimeTimer(Long.MAX_VALUE - 1);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    context
        .getOperatorStateStore()
        .getListState(new ListStateDescriptor<>("split", Types.STRING))
        .add("something");
    context
        .getOperatorStateStore()
        .getUnionListState(new ListStateDescriptor<>("union", Types.LONG))
        .add(1L);
    context
        .getOperatorStateStore()
        .getBroadcastState(new MapStateDescriptor<>("broadcast", Types.STRING, Types.LONG))
        .put("one", 1L);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {}
}
