package org.latentsweep.execution;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.latentsweep.engine.ByteText;
import org.latentsweep.engine.Monitor;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.folder.Compaction;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.table.Table;

/** The command {@code compact}: merges the small files of a claimed folder. */
final class FolderCompaction {
  private final SparkApplication spark;
  private final Cancellation cancellation;

  FolderCompaction(SparkApplication spark, Cancellation cancellation) {
    this.spark = spark;
    this.cancellation = cancellation;
  }

  /**
   * Merges, and deletes the merged files after the grace time.
   *
   * @param megabytes approximate size of a merged file of the largest table
   * @return the files and megabytes of each table, before and after
   */
  ResultTable run(SweepFolder folder, int megabytes, Duration grace, Monitor monitor)
      throws IOException {
    Compaction compaction = new Compaction(folder, megabytes * ByteText.MEGABYTE);
    Map<Table<?>, Compaction.Size> before = compaction.sizes();
    int merged;
    try (SparkApplication.JobGroup jobs = spark.jobGroup("compact", "compact " + folder);
        Ticker ticker = jobs.watch(monitor, "merging", "files")) {
      ticker.start();
      merged =
          compaction.merge(() -> JavaSparkContext.fromSparkContext(jobs.session().sparkContext()));
    }
    if (merged > 0) {
      monitor.say(
          String.format(
              Locale.ROOT,
              "%d packs merged; their files will be deleted in %d s, when queries that read them have ended",
              merged,
              grace.toSeconds()));
      cancellation.sleep(grace);
      folder.cleanUp();
    }
    return sizes(before, compaction.sizes());
  }

  private static ResultTable sizes(
      Map<Table<?>, Compaction.Size> before, Map<Table<?>, Compaction.Size> after) {
    List<List<Object>> rows = new ArrayList<>();
    before.forEach(
        (table, size) ->
            rows.add(
                List.of(
                    table.tableName(),
                    size.files(),
                    after.get(table).files(),
                    ByteText.megabytes(size.bytes()),
                    ByteText.megabytes(after.get(table).bytes()))));
    return new ResultTable(
        List.of("table", "files_before", "files_after", "megabytes_before", "megabytes_after"),
        rows);
  }
}
