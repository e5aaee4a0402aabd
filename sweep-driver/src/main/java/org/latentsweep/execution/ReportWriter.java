package org.latentsweep.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.animation.Animations;
import org.latentsweep.engine.Monitor;
import org.latentsweep.engine.Progress;
import org.latentsweep.figure.Figures;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.report.Report;
import org.latentsweep.run.RunId;
import org.latentsweep.sweep.Version;

/**
 * The command {@code report}: writes the report of a folder. For a file system that is not local
 * the report is written to a local folder and copied.
 */
final class ReportWriter {
  /** Bytes of a page that hold all but its styles, scripts and data. Chosen by judgement. */
  private static final int HEAD_BYTES = 4096;

  private ReportWriter() {}

  /**
   * Writes the report of a sweep.
   *
   * @param into local folder; empty for the output folder itself
   * @param animate runs of which to write animations
   * @param monitor is told of each file that was written or could not be written
   * @return what the page of the report shows
   * @throws IllegalArgumentException before anything is written, with the runs to animate that the
   *     sweep does not have
   */
  static ObjectNode write(
      SparkSession spark,
      SweepFolder folder,
      Optional<java.nio.file.Path> into,
      List<RunId> animate,
      Configuration configuration,
      Monitor monitor)
      throws IOException {
    checkRuns(folder, animate);
    if (into.isPresent()) { // before the report is computed, which takes some seconds
      Files.createDirectories(into.get());
    }
    FileSystem files = folder.path().getFileSystem(configuration);
    if (into.isPresent() || files instanceof LocalFileSystem) {
      return write(
          spark,
          folder,
          into.orElseGet(() -> java.nio.file.Path.of(folder.path().toUri().getPath())),
          animate,
          monitor,
          monitor::say);
    }
    java.nio.file.Path local = Files.createTempDirectory("latentsweep-report");
    try {
      ObjectNode shown =
          write(
              spark,
              folder,
              local,
              animate,
              monitor,
              line -> monitor.say(line.replace("" + local, "" + folder)));
      copy(local, files, folder.path());
      return shown;
    } finally {
      FileUtil.fullyDelete(local.toFile());
    }
  }

  /** Returns whether the report in a folder shows its tables as they are. */
  static boolean isCurrent(SweepFolder folder, Configuration configuration) throws IOException {
    FileSystem files = folder.path().getFileSystem(configuration);
    Path page = new Path(folder.path(), Report.PAGE);
    if (!files.exists(page) || !files.exists(new Path(folder.path(), Report.FIGURES))) {
      return false;
    }
    try (InputStream in = files.open(page)) {
      String beginning = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
      return Report.isCurrent(beginning, folder, Version.TEXT);
    }
  }

  private static void checkRuns(SweepFolder folder, List<RunId> animate) throws IOException {
    Set<RunId> unknown = new LinkedHashSet<>(animate);
    unknown.removeAll(folder.runs().all().keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot animate %s: %s holds no such run; the column run_id of its runs has their ids",
              unknown.stream().map(RunId::toString).collect(Collectors.joining(", ")),
              folder));
    }
  }

  private static ObjectNode write(
      SparkSession spark,
      SweepFolder folder,
      java.nio.file.Path local,
      List<RunId> animate,
      Monitor monitor,
      Consumer<String> messages)
      throws IOException {
    AtomicInteger tried = new AtomicInteger();
    ObjectNode shown;
    try (Ticker ticker =
        new Ticker(
            monitor,
            elapsed -> new Progress("report", "figures", Figures.count(), tried.get(), elapsed))) {
      ticker.start();
      shown = Report.write(spark, folder, local, Version.TEXT, tried::set);
    }
    messages.accept("report: " + local.resolve(Report.PAGE));
    Animations animations = new Animations(local.resolve("animations"));
    for (RunId run : animate) {
      Animations.Written written = animations.ofRun(folder, run);
      written.files().forEach(file -> messages.accept("animation: " + file));
      written.warnings().forEach(messages);
    }
    return shown;
  }

  private static void copy(java.nio.file.Path local, FileSystem files, Path to) throws IOException {
    for (File file : local.toFile().listFiles()) {
      Path target = new Path(to, file.getName());
      if (file.isDirectory()) {
        copy(file.toPath(), files, target);
      } else {
        files.copyFromLocalFile(false, true, new Path(file.toURI()), target);
      }
    }
  }
}
