package org.latentsweep.execution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.latentsweep.folder.PackWriter;
import org.latentsweep.folder.Provenance;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.run.History;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSet;
import org.latentsweep.sweep.SweepParser;

/** Output folders with many tiny artificial runs. */
final class ManyRuns {
  private ManyRuns() {}

  /** Writes the file of a sweep with many runs of one tiny cell. */
  static Path sweep(Path folder, int runs) throws IOException {
    return Files.writeString(
        folder.resolve("many.conf"),
        """
        name = many
        output = "%s"
        axes { target = gaussian, latent-dim = 1, seed = "1..%d" }
        run { steps = 1, batch = 2, generator.widths = [1], discriminator.widths = [1] }
        samples = 1
        snapshots.every = 0
        metrics = []
        """
            .formatted(folder.resolve("out"), runs));
  }

  /** Commits all runs of a sweep as if they had diverged in their first step, with one sample. */
  static void commit(Path sweep, Path output, int runsInPack) throws IOException {
    SweepParser parser = new SweepParser(List.of("auto"), List.of());
    List<RunSpec> runs = parser.parse(sweep, List.of()).runs();
    SweepFolder out = SweepFolder.create(output.toString(), new Configuration());
    IntStream.range(0, runs.size() / runsInPack)
        .parallel()
        .mapToObj(i -> runs.subList(i * runsInPack, (i + 1) * runsInPack))
        .forEach(pack -> commit(out, new RunPack(pack)));
  }

  private static void commit(SweepFolder out, RunPack pack) {
    try (PackWriter writer =
        out.startPack(pack, new Provenance("many", "stage 0 task 0 attempt 0", "host", "0.1.0"))) {
      for (RunSpec run : pack.runs()) {
        writer.add(diverged(run));
      }
      writer.commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RunResult diverged(RunSpec run) {
    Instant now = Instant.now();
    History history = new History(1);
    history.add(0.5, 0.5, run.seed(), 0.5);
    return new RunResult(
        run,
        Outcome.DIVERGED,
        Optional.empty(),
        OptionalInt.of(1),
        history,
        List.of(new SampleSet(1, 2, new float[] {run.seed(), 1})),
        Optional.empty(),
        0.5,
        100,
        "none: made up",
        "none",
        now,
        now);
  }
}
