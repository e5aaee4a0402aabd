package org.latentsweep.execution;

import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.TaskContext;
import org.latentsweep.run.RunPack;
import org.latentsweep.training.Backend;
import org.latentsweep.training.PackTrainer;
import org.latentsweep.training.ReferenceBackend;

/**
 * The back end {@code recorder}, which trains as the reference does and reports the artificial
 * device that it was given. The property {@code recorder.devices} is the number of devices, 2 by
 * default. If the property {@code recorder.unavailable} is {@code driver} or {@code executors}, the
 * back end is not available there.
 */
public final class RecorderBackend implements Backend {
  private final Backend reference = new ReferenceBackend();
  private final String device;

  /** Is called by {@link java.util.ServiceLoader}. */
  public RecorderBackend() {
    this("none");
  }

  private RecorderBackend(String device) {
    this.device = device;
  }

  @Override
  public String name() {
    return "recorder";
  }

  @Override
  public Optional<String> unavailable() {
    String here = TaskContext.get() == null ? "driver" : "executors";
    return here.equals(System.getProperty("recorder.unavailable"))
        ? Optional.of("nothing to record on")
        : Optional.empty();
  }

  @Override
  public OptionalInt devices() {
    return OptionalInt.of(Integer.getInteger("recorder.devices", 2));
  }

  @Override
  public Backend on(String device) {
    return new RecorderBackend(device);
  }

  @Override
  public int runsPerProgram() {
    return reference.runsPerProgram();
  }

  @Override
  public PackTrainer start(RunPack pack) {
    PackTrainer trainer = reference.start(pack);
    return (PackTrainer)
        Proxy.newProxyInstance(
            RecorderBackend.class.getClassLoader(),
            new Class<?>[] {PackTrainer.class},
            (proxy, method, arguments) ->
                method.getName().equals("device") ? device : method.invoke(trainer, arguments));
  }
}
