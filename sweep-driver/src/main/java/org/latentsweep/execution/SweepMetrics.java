package org.latentsweep.execution;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Gauges of the sweep in training for Spark's metrics system, hence for its sinks and for {@code
 * /metrics/json} of its UI: {@code runs.done}, {@code runs.failed} and {@code runs.left} of the
 * whole sweep, and {@code steps.per_second}, the steps of runs that this call of {@code run} has
 * trained, over the time since it began. Zero before the first sweep.
 */
public final class SweepMetrics implements SparkPlugin {
  /** Static because Spark makes the plugin itself, for the one context that a JVM has. */
  private static volatile Reading reading = new Reading(0, 0, 0, 0);

  /** For Spark, which finds it by name. */
  public SweepMetrics() {}

  /** What the gauges show. */
  record Reading(int done, int failed, int left, double stepsPerSecond) {}

  static void show(Reading next) {
    reading = next;
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new Gauges();
  }

  /** None: executors tell the driver. */
  @Override
  public ExecutorPlugin executorPlugin() {
    return null;
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
