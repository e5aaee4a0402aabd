package org.latentsweep.execution;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.latentsweep.engine.EnvironmentException;
import org.latentsweep.sweep.RequestException;

/** Translates what Spark and Hadoop throw into the exceptions of the engine. */
final class ErrorTranslation {
  /** Chosen by judgement: several compactions of one folder during one query are unlikely. */
  private static final int MAX_ATTEMPTS = 5;

  private static final Map<Class<?>, String> PROBLEMS =
      Map.of(
          NoSuchFileException.class, "there is no such file or folder",
          AccessDeniedException.class, "permission denied",
          FileAlreadyExistsException.class, "there is a file of that name",
          NotDirectoryException.class, "it is no folder");

  private final Cancellation cancellation;

  ErrorTranslation(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  /** Work on a folder. */
  interface FolderCall<R> {
    R call() throws IOException;
  }

  /**
   * Does some work, unless the engine was told to stop.
   *
   * @throws RequestException if a folder or a query is wrong
   * @throws EnvironmentException if the disk, the network or Spark fails
   */
  <R> R attempt(FolderCall<R> work) {
    cancellation.throwIfRequested(null);
    try {
      return work.call();
    } catch (IllegalArgumentException e) {
      throw new RequestException(e.getMessage());
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      cancellation.throwIfRequested(e);
      if (e instanceof EnvironmentException known) {
        throw known;
      }
      if (e instanceof AnalysisException query) { // its full message holds the plan of the query
        throw new RequestException("Cannot query: " + query.getSimpleMessage());
      }
      throw new EnvironmentException(reason(e), e);
    }
  }

  /**
   * Does some work that only reads tables, and repeats it if files that it has listed are missing:
   * {@code compact} deletes the files that it has merged, and the next listing finds the same rows
   * in the merged ones.
   */
  <R> R attemptReading(FolderCall<R> work) {
    return attempt(
        () -> {
          for (int i = 1; i < MAX_ATTEMPTS; i++) {
            try {
              return work.call();
            } catch (Exception e) {
              if (!isCausedByMissingFile(e)) {
                throw e;
              }
            }
          }
          return work.call();
        });
  }

  private static boolean isCausedByMissingFile(Throwable e) {
    return e != null
        && (e instanceof FileNotFoundException
            || isCausedByMissingFile(e.getCause())
            || Arrays.stream(e.getSuppressed()).anyMatch(ErrorTranslation::isCausedByMissingFile));
  }

  /** Returns what an exception says by its type, which its message leaves out. */
  private static String problem(FileSystemException file) {
    if (file.getReason() != null) {
      return file.getReason();
    }
    return PROBLEMS.getOrDefault(file.getClass(), file.getClass().getSimpleName());
  }

  /**
   * Returns the first line of the message of the outermost exception that is not Spark's own, whose
   * message holds a page of stack trace.
   */
  static String reason(Throwable e) {
    Throwable cause = e;
    while ((cause instanceof SparkException || cause instanceof UncheckedIOException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof FileSystemException file) {
      return String.format(Locale.ROOT, "Cannot access %s: %s", file.getFile(), problem(file));
    }
    String message = cause.getMessage();
    return message == null ? cause.toString() : message.lines().findFirst().orElse("");
  }
}
