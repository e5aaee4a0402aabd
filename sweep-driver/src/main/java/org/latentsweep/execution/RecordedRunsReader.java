package org.latentsweep.execution;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.latentsweep.cell.PlannedResolution;
import org.latentsweep.folder.StoredRun;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.TablesAcrossSeeds;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunId;
import org.latentsweep.sweep.RecordedRuns;
import org.latentsweep.sweep.Timing;
import org.latentsweep.table.RunRow;
import org.latentsweep.table.Table;

/** Reads from an output folder what the plan of a sweep needs to know of its finished runs. */
final class RecordedRunsReader {
  private RecordedRunsReader() {}

  static RecordedRuns read(String output, Configuration hadoop) throws IOException {
    if (!SweepFolder.exists(output, hadoop)) {
      return RecordedRuns.NONE;
    }
    List<RunRow> runs =
        SweepFolder.openDamaged(output, hadoop).runs().inventory().runs().values().stream()
            .map(StoredRun::row)
            .toList();
    Map<Boolean, Set<RunId>> byFailure =
        runs.stream()
            .collect(
                Collectors.partitioningBy(
                    run -> run.outcome() == Outcome.FAILED,
                    Collectors.mapping(RunRow::runId, Collectors.toSet())));
    return new RecordedRuns(byFailure.get(false), byFailure.get(true), timings(runs));
  }

  /** Returns the spread over seeds of the folder's summary; NaN if there is none of its runs. */
  static double logDeviation(String output, Configuration hadoop) throws IOException {
    if (!SweepFolder.exists(output, hadoop)) {
      return Double.NaN;
    }
    TablesAcrossSeeds tables = SweepFolder.openDamaged(output, hadoop).acrossSeeds();
    return tables.isCurrent(Table.SUMMARY, tables.state())
        ? PlannedResolution.logDeviation(tables.rows(Table.SUMMARY))
        : Double.NaN;
  }

  private static List<Timing> timings(List<RunRow> runs) {
    return runs.stream()
        .filter(run -> run.outcome() == Outcome.COMPLETED && run.trainSeconds() > 0)
        .map(
            run ->
                new Timing(
                    run.runId(),
                    run.backend().split(" ")[0], // the reason for its choice comes after it
                    run.trainSeconds(),
                    run.finishedAt()))
        .toList();
  }
}
