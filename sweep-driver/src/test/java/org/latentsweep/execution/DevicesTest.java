package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latentsweep.execution.Cli.SMOKE;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentsweep.sweep.RequestException;
import org.latentsweep.training.BackendChoice;

/** Back ends that train on devices, in local mode. */
class DevicesTest {
  @TempDir private Path folder;

  @AfterEach
  void clearProperty() {
    System.clearProperty("recorder.unavailable");
  }

  private Cli train() {
    return Cli.runOn(
        "local[4]",
        "run",
        SMOKE,
        "--set",
        "output=" + folder,
        "--set",
        "backend=recorder",
        "--set",
        "run.steps=100",
        "--set",
        "metrics=[]");
  }

  @Test
  void eachDeviceTrainsOnePackAtATime() {
    Cli cli = train();
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Devices.maxAtOnce(folder)).isEqualTo(Map.of("0", 1L, "1", 1L));
  }

  @Test
  void aBackEndThatThisMachineCannotUseIsRefusedBeforeTheSweep() {
    System.setProperty("recorder.unavailable", "driver");
    Cli cli = train();
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).isEqualTo("Cannot use back end 'recorder': nothing to record on\n");
  }

  @Test
  void aBackEndThatExecutorsCannotUseEndsTheSweepWithTheReason() {
    System.setProperty("recorder.unavailable", "executors");
    Cli cli = train();
    assertThat(cli.code()).isEqualTo(3);
    assertThat(cli.err())
        .contains(
            "Cannot finish the sweep: Cannot use back end 'recorder': nothing to record on; what"
                + " was committed is kept, run again to go on");
  }

  @Test
  void theLeastUsedDeviceIsTakenFirst() {
    DeviceSlots slots = new DeviceSlots();
    List<String> both = List.of("0", "1");

    assertThat(slots.take(both, 2, () -> false).device()).isEqualTo("0");
    assertThat(slots.take(both, 2, () -> false).device()).isEqualTo("1");
    assertThat(slots.take(List.of("0"), 2, () -> false).device()).isEqualTo("0");
    assertThat(slots.take(both, 2, () -> false).device()).isEqualTo("1");
    assertThatThrownBy(() -> slots.take(both, 2, () -> true))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  @Timeout(60)
  void aFullDeviceIsWaitedFor() throws Exception {
    DeviceSlots slots = new DeviceSlots();
    List<String> both = List.of("0", "1");
    DeviceSlots.HeldDevice first = slots.take(both, 2, () -> false);
    for (int i = 1; i < 4; i++) {
      slots.take(both, 2, () -> false);
    }

    CompletableFuture<String> waiting =
        CompletableFuture.supplyAsync(() -> slots.take(both, 2, () -> false).device());
    Thread.sleep(300);
    assertThat(waiting).isNotDone();
    first.close();
    assertThat(waiting.get()).isEqualTo("0");
  }

  @Test
  void onlyBackEndsWithDevicesRequestGpus() {
    assertThat(BackendChoice.usesDevices("recorder")).isTrue();
    assertThat(BackendChoice.usesDevices("cpu")).isFalse();
    assertThat(BackendChoice.usesDevices("reference")).isFalse();
  }

  /** A dash means that a property is not set. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // master, GPUs of an executor, packs, share of a task, dynamic allocation; then the
        // expected
        // share of a task and number of packs
        "spark://h:1, 2, -, -, false, -, 1",
        "spark://h:1, 2, 1, -, false, -, 1",
        "spark://h:1, 2, 4, -, false, 0.25, 4",
        "spark://h:1, 2, 3, -, false, 0.3333333333, 3",
        "spark://h:1, 2, 49, -, false, 0.0204081632, 49",
        "spark://h:1, 2, -, -, true, 1, 1",
        "spark://h:1, 2, 3, 0.5, true, 0.5, 2",
        "spark://h:1, 2, 3, 1, false, 1, 1",
        "spark://h:1, -, 3, -, true, -, 3",
        "local[4], 2, 3, -, true, -, 3",
      })
  void theShareOfAGpuIsSetWhereAllTasksRequestOne(
      String master,
      String onExecutor,
      String packs,
      String perTask,
      String dynamic,
      String perTaskThen,
      int packsThen) {
    SparkConf conf = new SparkConf(false).set("spark.master", master);
    set(conf, "spark.executor.resource.gpu.amount", onExecutor);
    set(conf, Gpus.PACKS, packs);
    set(conf, "spark.task.resource.gpu.amount", perTask);
    conf.set("spark.dynamicAllocation.enabled", dynamic);

    Gpus.configure(conf);
    assertThat(conf.get("spark.task.resource.gpu.amount", null)).isEqualTo(perTaskThen);
    assertThat(Gpus.packs(conf)).isEqualTo(packsThen);
  }

  private static void set(SparkConf conf, String key, String value) {
    if (value != null) {
      conf.set(key, value);
    }
  }

  @Test
  void anInvalidNumberOfPacksIsRefused() {
    SparkConf conf = new SparkConf(false).set(Gpus.PACKS, "0.5");
    assertThatThrownBy(() -> Gpus.configure(conf))
        .isInstanceOf(RequestException.class)
        .hasMessage(
            "Cannot use spark.latentsweep.gpu.packs: it must be a whole number from 1 to 9999,"
                + " found 0.5");
  }
}
