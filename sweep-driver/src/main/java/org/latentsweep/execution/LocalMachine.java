package org.latentsweep.execution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.codec.ZstandardCodec;
import org.latentsweep.engine.ByteText;
import org.latentsweep.engine.EnvironmentException;

/** Checks that Spark can work in this process, before anything is computed. */
final class LocalMachine {
  /** Spark refuses less than one and a half times its reserved 300 MiB. */
  private static final long MIN_HEAP = 450L << 20;

  private LocalMachine() {}

  /**
   * Checks the heap, the temporary folder and the library that compresses tables.
   *
   * @throws EnvironmentException naming what does not do
   */
  static void require() {
    long heap = Runtime.getRuntime().maxMemory();
    if (heap < MIN_HEAP) {
      throw new EnvironmentException(
          String.format(
              Locale.ROOT,
              "Cannot start Spark: it needs a heap of %s, and this process has %s; set"
                  + " LATENTSWEEP_JAVA_OPTS=-Xmx1g",
              ByteText.of(MIN_HEAP),
              ByteText.of(heap)),
          null);
    }
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      Files.delete(Files.createTempFile(folder, "latentsweep", ""));
    } catch (IOException e) {
      throw refused(folder, "files cannot be written to it", e);
    }
    try {
      ZstandardCodec codec = new ZstandardCodec();
      codec.setConf(new Configuration(false));
      codec.createOutputStream(new ByteArrayOutputStream()).close();
    } catch (IOException | LinkageError e) {
      throw refused(folder, "libraries cannot be executed from it", e);
    }
  }

  private static EnvironmentException refused(Path folder, String reason, Throwable e) {
    return new EnvironmentException(
        String.format(
            Locale.ROOT,
            "Cannot use the temporary folder %s: %s; set TMPDIR to another one",
            folder,
            reason),
        e);
  }
}
