package io.kappa.common.log;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/**
 * How many records its partitions have that Flink's reader hasn't fetched yet. It says so by its
 * metric {@code pendingRecords} and to nobody else.
 */
final class FetchLag implements LongSupplier {

  private volatile Gauge<Long> gauge = () -> 0L;

  /** As the last fetch of each partition saw it; 0 before any. */
  @Override
  public long getAsLong() {
    return gauge.getValue();
  }

  /** The same context, for Flink's reader, whose metric is heard here too. */
  SourceReaderContext overhear(SourceReaderContext context) {
    SourceReaderMetricGroup metrics = overhear(context.metricGroup());
    return instead(
        SourceReaderContext.class,
        (method, arguments) ->
            method.getName().equals("metricGroup") ? metrics : call(context, method, arguments));
  }

  @SuppressWarnings("unchecked") // The method takes no other.
  private SourceReaderMetricGroup overhear(SourceReaderMetricGroup metrics) {
    return instead(
        SourceReaderMetricGroup.class,
        (method, arguments) -> {
          if (method.getName().equals("setPendingRecordsGauge")) {
            gauge = (Gauge<Long>) arguments[0];
          }
          return call(metrics, method, arguments);
        });
  }

  private interface Calls {
    Object answer(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T instead(Class<T> type, Calls calls) {
    return type.cast(
        Proxy.newProxyInstance(
            FetchLag.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> calls.answer(method, arguments)));
  }

  private static Object call(Object original, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(original, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
