package org.latentsweep.scoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latentsweep.folder.StoredRun;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.mapping.GeneratorNetwork;
import org.latentsweep.metric.Metric;
import org.latentsweep.run.RunId;
import org.latentsweep.table.DamagedFileException;
import org.latentsweep.table.GeneratorRow;
import org.latentsweep.table.SampleReader;
import org.latentsweep.table.TableReader;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/**
 * Computes the missing sets of metrics of one part. Reads its samples at most once, and its
 * generators at most once.
 */
final class PackScoring {
  private final SweepFolder folder;
  private final List<MetricSet> missing;
  private final List<StoredRun> runs;
  private final StoredRun first;
  private final TargetDistribution target;
  private final Map<RunId, StoredRun> unread = new TreeMap<>();
  private final List<SetScoring<SampleMetricSet>> ofSamples = new ArrayList<>();
  private final List<SetScoring<GeneratorMetricSet>> ofGenerators = new ArrayList<>();
  private final Map<RunId, byte[]> generators = new TreeMap<>(); // those that can be evaluated
  private Optional<IOException> sampleError = Optional.empty();
  private Optional<IOException> generatorError = Optional.empty();

  PackScoring(SweepFolder folder, PackToScore pack, List<MetricSet> known) {
    this.folder = folder;
    this.missing = known.stream().filter(set -> pack.missing().contains(set.name())).toList();
    this.runs = pack.runs();
    this.first = runs.get(0);
    this.target = Targets.named(first.row().target());
    runs.forEach(run -> unread.put(run.id(), run));
  }

  /**
   * Computes the metrics and commits them.
   *
   * @throws IOException naming the file of metrics that cannot be read or written
   */
  Scoring.Result run() throws IOException {
    try {
      Set<RunId> ids = Set.copyOf(unread.keySet());
      for (MetricSet set : missing) {
        if (set instanceof SampleMetricSet samples) {
          ofSamples.add(new SetScoring<>(folder, first.part(), samples, ids));
        } else if (set instanceof GeneratorMetricSet generators) {
          ofGenerators.add(new SetScoring<>(folder, first.part(), generators, ids));
        }
      }
      if (!ofSamples.isEmpty()) {
        readGenerators();
        scoreRuns();
      }
      if (!ofGenerators.isEmpty()) {
        generatorError = new GeneratorPass(folder, runs, ofGenerators).run();
      }
      for (SetScoring<?> set : sets()) {
        set.commit();
      }
      return result();
    } catch (DamagedFileException e) { // of metrics, which are computed again once it is set aside
      return new Scoring.Result(1, 0, 0, List.of(), new TreeSet<>(Set.of(e.file())));
    } finally {
      for (SetScoring<?> set : sets()) {
        set.close();
      }
    }
  }

  /** Reads the generators of which a set of samples measures more than its samples. */
  private void readGenerators() {
    if (ofSamples.stream().noneMatch(set -> set.set().ofGenerator() != null)) {
      return;
    }
    try (TableReader<GeneratorRow> reader = folder.generators().ofPart(first.part())) {
      for (GeneratorRow row = reader.next(); row != null; row = reader.next()) {
        byte[] archive = row.archive().bytes();
        if (GeneratorNetwork.isReadable(archive)) {
          generators.put(row.runId(), archive);
        }
      }
    } catch (IOException e) { // then the samples are measured
      generatorError = Optional.of(e);
    }
  }

  private List<SetScoring<?>> sets() {
    return Stream.<SetScoring<?>>concat(ofSamples.stream(), ofGenerators.stream()).toList();
  }

  private void scoreRuns() throws IOException {
    Optional<SampleReader> reader = open();
    if (reader.isPresent()) {
      try (SampleReader samples = reader.get()) {
        scoreRuns(samples);
      }
    }
    for (StoredRun run : List.copyOf(unread.values())) {
      end(run);
    }
  }

  private Optional<SampleReader> open() {
    try {
      return Optional.of(
          folder
              .samples()
              .ofPart(first.row().target(), first.row().latentDim(), first.part(), onlyStep()));
    } catch (IOException e) {
      sampleError = Optional.of(e);
      return Optional.empty();
    }
  }

  /** Returns the last step if no snapshots are measured, which can be most of the samples. */
  private OptionalInt onlyStep() {
    return missing.stream().anyMatch(MetricSet::snapshots)
        ? OptionalInt.empty()
        : OptionalInt.of(first.row().steps());
  }

  private void scoreRuns(SampleReader samples) throws IOException {
    StoredRun current = null;
    while (next(samples)) {
      if (current != null && !current.id().equals(new RunId(samples.runId()))) {
        end(current);
      }
      current = unread.get(new RunId(samples.runId()));
      if (current != null) {
        measure(current, samples);
      }
    }
    if (current != null) {
      end(current);
    }
  }

  private boolean next(SampleReader samples) {
    try {
      return samples.next();
    } catch (IOException e) {
      sampleError = Optional.of(e);
      return false;
    }
  }

  private void measure(StoredRun run, SampleReader samples) {
    List<SetScoring<SampleMetricSet>> wanting =
        ofSamples.stream()
            .filter(set -> set.wants(run))
            .filter(set -> set.set().measures(samples.step(), run.row().steps()))
            .toList();
    if (wanting.isEmpty()) {
      return;
    }
    float[] points = samples.points(target.dimensions()); // [n, d]
    for (SetScoring<SampleMetricSet> set : wanting) {
      if (target.dimensions() > 1 && samples.withoutY() > 0) {
        String reason =
            String.format(
                Locale.ROOT,
                "Cannot measure samples: found %d of one coordinate where two are needed",
                samples.withoutY());
        set.fail(run, samples.step(), samples.size(), reason);
      } else {
        set.measure(run, samples.step(), samples.size(), () -> score(set.set(), run, points));
      }
    }
  }

  /** Measures the generator where it is stored and the set can, and else the samples. */
  private List<Metric> score(SampleMetricSet set, StoredRun run, float[] points) {
    byte[] archive = generators.get(run.id());
    return archive == null || set.ofGenerator() == null
        ? set.scorer().score(target, points)
        : set.ofGenerator().score(target, run.row().noise(), archive);
  }

  private void end(StoredRun run) throws IOException {
    unread.remove(run.id());
    for (SetScoring<SampleMetricSet> set : ofSamples) {
      if (set.wants(run)) {
        set.end(run, sampleError.map(IOException::getMessage));
      }
    }
  }

  private Scoring.Result result() {
    Set<RunId> scored = new TreeSet<>();
    List<Scoring.Failure> failures = new ArrayList<>();
    Map<RunId, TreeSet<String>> reasons = new HashMap<>();
    long rows = 0;
    for (SetScoring<?> set : sets()) {
      scored.addAll(set.scored());
      rows += set.rows();
      set.failures()
          .forEach(
              (run, reason) -> reasons.computeIfAbsent(run, key -> new TreeSet<>()).add(reason));
    }
    reasons.forEach(
        (run, all) -> all.forEach(reason -> failures.add(new Scoring.Failure(run, reason))));
    return new Scoring.Result(1, scored.size(), rows, failures, damaged());
  }

  private TreeSet<String> damaged() {
    return Stream.of(sampleError, generatorError)
        .flatMap(Optional::stream)
        .filter(DamagedFileException.class::isInstance)
        .map(e -> ((DamagedFileException) e).file())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
