package org.latentsweep.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.latentsweep.process.ProcessDefaults;
import org.latentsweep.random.RandomStream;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.sweep.Version;
import org.latentsweep.training.BackendChoice;
import org.latentsweep.training.CpuBackend;
import org.latentsweep.training.PackTrainer;

/**
 * The main class of this product's process in a benchmark. It trains with the {@code cpu} back end.
 * Besides a number of steps it understands the requests {@code device}; {@code peak}, which it
 * answers in FLOP/s; {@code sample N}; and {@code pair N}, which trains two runs at the same time.
 */
final class CpuPeer {
  private final RunSpec run;
  private final PackTrainer trainer;

  private CpuPeer(RunSpec run) {
    this.run = run;
    trainer = start();
  }

  private PackTrainer start() {
    return BackendChoice.of("cpu").backend().start(new RunPack(List.of(run)));
  }

  /** Takes the arguments of a {@link Family}, prints its name, and answers every line. */
  public static void main(String[] arguments) throws IOException {
    ProcessDefaults.set();
    PrintStream answers = System.out;
    System.setOut(System.err); // answers must not be mixed with what libraries print
    CpuPeer peer = new CpuPeer(Family.run(List.of(arguments)));
    answers.println("latentsweep " + Version.TEXT + ", " + peer.kernel());
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      answers.println(peer.answer(line.split(" ")));
    }
  }

  /** Returns the last part of the name of the device. */
  private String kernel() {
    String device = trainer.device();
    return device.substring(device.lastIndexOf(", ") + 2);
  }

  private Object answer(String[] request) {
    return switch (request[0]) {
      case "device" -> trainer.device();
      case "peak" -> new CpuBackend().peak().orElse(Double.NaN);
      case "sample" -> sample(Integer.parseInt(request[1]));
      case "pair" -> pair(Integer.parseInt(request[1]));
      default -> train(trainer, Integer.parseInt(request[0]));
    };
  }

  private static long train(PackTrainer trainer, int steps) {
    long start = System.nanoTime();
    trainer.advance(steps);
    long nanos = System.nanoTime() - start;
    if (trainer.failure(0).isPresent()) {
      throw new IllegalStateException("Cannot train: " + trainer.failure(0).get());
    }
    if (trainer.divergedAt(0).isPresent()) { // steps after that would take no time
      throw new IllegalStateException(
          "Cannot train: diverged in step " + trainer.divergedAt(0).getAsInt());
    }
    return nanos;
  }

  private long sample(int points) {
    float[] latents = new float[Math.multiplyExact(points, run.latentDimension())];
    run.noise().fill(RandomStream.EVALUATION_NOISE.at(1, 0), run.latentDimension(), latents);
    long start = System.nanoTime();
    trainer.sample(0, latents);
    return System.nanoTime() - start;
  }

  private long pair(int steps) {
    try (PackTrainer other = start()) {
      long start = System.nanoTime();
      CompletableFuture<Long> beside = CompletableFuture.supplyAsync(() -> train(other, steps));
      train(trainer, steps);
      beside.join();
      return System.nanoTime() - start;
    }
  }
}
