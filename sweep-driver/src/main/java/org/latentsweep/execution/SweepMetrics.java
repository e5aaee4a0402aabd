package org.latentsweep.execution;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.latentsweep.process.ProcessDefaults;

/**
 * Gauges of the sweep in training for Spark's metrics system, which shows them in its sinks and at
 * {@code /metrics/json} of its UI: {@code runs.done}, {@code runs.failed} and {@code runs.left} of
 * the whole sweep, and {@code steps.per_second}, the steps that this call of {@code run} has
 * trained over the time since it began. All are zero before the first sweep.
 */
public final class SweepMetrics implements SparkPlugin {
  /** Static because Spark creates the plugin; a JVM has only one Spark context. */
  private static volatile Reading reading = new Reading(0, 0, 0, 0);

  /** Creates the plugin. Spark finds it by its class name. */
  public SweepMetrics() {}

  /** The values of the gauges. */
  record Reading(int done, int failed, int left, double stepsPerSecond) {}

  static void show(Reading next) {
    reading = next;
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new Gauges();
  }

  /** Executors have no gauges, but a process of their own that needs its defaults. */
  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> settings) {
        ProcessDefaults.set();
      }
    };
  }

  private static final class Gauges implements DriverPlugin {
    @Override
    public void registerMetrics(String application, PluginContext context) {
      MetricRegistry registry = context.metricRegistry();
      registry.register("runs.done", (Gauge<Integer>) () -> reading.done());
      registry.register("runs.failed", (Gauge<Integer>) () -> reading.failed());
      registry.register("runs.left", (Gauge<Integer>) () -> reading.left());
      registry.register("steps.per_second", (Gauge<Double>) () -> reading.stepsPerSecond());
    }
  }
}
