package org.latentsweep.table;

import static java.nio.file.StandardOpenOption.CREATE_NEW;

import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Accesses the file system of an output folder. Writes no checksum files beside local files. Hadoop
 * reports errors of local file systems as {@link FSError}; methods that read or write the content
 * of files throw an {@link IOException} instead, which names the file.
 */
public final class Storage {
  /** The setting that lists, separated by commas, further schemes with an atomic rename. */
  public static final String ATOMIC_RENAME = "latentsweep.atomic-rename";

  /** POSIX requires an atomic rename of local file systems, and HDFS documents it. */
  private static final Set<String> ATOMIC_SCHEMES = Set.of("file", "hdfs");

  private final Configuration configuration;
  private final FileSystem files;
  private final boolean local;

  /**
   * Opens the file system that a path is on.
   *
   * @throws IllegalArgumentException if no such file system is installed
   * @throws IOException if it cannot be reached, or if Java cannot encode the path
   */
  public Storage(Path root, Configuration configuration) throws IOException {
    this.configuration = configuration;
    FileSystem found = open(root, configuration);
    this.local = found instanceof LocalFileSystem;
    this.files = found instanceof LocalFileSystem checked ? checked.getRaw() : found;
    if (local) {
      requireEncodable(qualified(root));
    }
  }

  /** Java would write question marks for the characters that file names cannot have. */
  private static void requireEncodable(Path path) throws IOException {
    String name = path.toUri().getPath();
    Charset ofNames = Charset.forName(System.getProperty("sun.jnu.encoding"));
    if (!ofNames.newEncoder().canEncode(name)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "Cannot use %s: Java reads and writes the names of files in %s; start it in a locale"
                  + " of UTF-8, as with LC_ALL=C.UTF-8",
              ErrorText.path(path),
              ofNames));
    }
  }

  private static FileSystem open(Path root, Configuration configuration) throws IOException {
    String reason;
    try {
      return root.getFileSystem(configuration);
    } catch (UnsupportedFileSystemException e) {
      reason = "Hadoop knows no file system " + root.toUri().getScheme();
    } catch (IOException e) {
      throw cannotRead(root, e);
    } catch (RuntimeException e) { // in which Hadoop wraps what it does not declare
      if (e.getCause() instanceof UnknownHostException host) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "Cannot read %s: there is no host %s",
                ErrorText.path(root),
                host.getMessage()),
            e);
      }
      if (!(e.getCause() instanceof ClassNotFoundException)) {
        throw e;
      }
      reason = "Hadoop's library for " + root.toUri().getScheme() + " is not on the class path";
    }
    throw new IllegalArgumentException(
        String.format(Locale.ROOT, "Cannot use %s: %s", root, reason));
  }

  /** Returns the Hadoop configuration. */
  public Configuration configuration() {
    return configuration;
  }

  /** Returns the same path with the scheme and the authority of the file system. */
  public Path qualified(Path path) {
    return files.makeQualified(path);
  }

  /**
   * Returns whether renaming a file over another is known to be atomic, so that readers see either
   * of the two, even after a crash.
   */
  public boolean renamesAtomically() {
    String scheme = files.getUri().getScheme();
    return ATOMIC_SCHEMES.contains(scheme)
        || configuration.getTrimmedStringCollection(ATOMIC_RENAME).contains(scheme);
  }

  /**
   * Returns the free bytes of the disk of a path, which need not exist.
   *
   * @throws IOException naming the path, if the file system does not say
   */
  public long freeBytes(Path path) throws IOException {
    Path existing = qualified(path);
    while (!existing.isRoot() && !exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return files.getStatus(existing).getRemaining();
    } catch (IOException | FSError e) {
      throw cannotRead(existing, e);
    }
  }

  /** Returns whether there is a file or folder at a path. */
  public boolean exists(Path path) throws IOException {
    return files.exists(path);
  }

  /** Returns whether there is a folder at a path. */
  public boolean isFolder(Path path) throws IOException {
    try {
      return files.getFileStatus(path).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /**
   * Creates a folder and its parents, as far as they are missing.
   *
   * @throws IOException naming the folder that cannot be created
   */
  public void createFolder(Path path) throws IOException {
    try {
      if (!files.mkdirs(path)) {
        throw new IOException("the file system refused");
      }
    } catch (IOException e) {
      throw new IOException(
          "Cannot create folder " + ErrorText.path(path) + ": " + ErrorText.reason(e), e);
    }
  }

  /** Returns the files and folders directly in a folder; none if there is no such folder. */
  public List<FileStatus> list(Path folder) throws IOException {
    try {
      return List.of(files.listStatus(folder));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** Returns the files in a folder at any depth, without hidden files and folders. */
  public List<FileStatus> visibleFiles(Path folder) throws IOException {
    List<FileStatus> visible = new ArrayList<>();
    for (FileStatus status : list(folder)) {
      if (isHidden(status.getPath())) {
        continue;
      }
      if (status.isDirectory()) {
        visible.addAll(visibleFiles(status.getPath()));
      } else {
        visible.add(status);
      }
    }
    return visible;
  }

  /** Returns whether a name is hidden by the convention of Hadoop and Spark. */
  private static boolean isHidden(Path path) {
    return path.getName().startsWith("_") || path.getName().startsWith(".");
  }

  /** Deletes a file, or a folder with all that it holds, if there is one. */
  public void delete(Path path) throws IOException {
    files.delete(path, true);
  }

  /**
   * Renames a file, and replaces any file of the new name, so that readers see either of the two.
   * On a local file system the plain rename does this, while {@link FileContext} would delete the
   * old file first.
   *
   * @throws IOException naming the file that cannot be written
   */
  public void moveOver(Path from, Path to) throws IOException {
    try {
      if (!local) {
        FileContext.getFileContext(to.toUri(), configuration)
            .rename(from, to, Options.Rename.OVERWRITE);
      } else if (!files.rename(from, to)) {
        throw new IOException("the file system refused to rename " + ErrorText.path(from));
      }
    } catch (IOException e) {
      throw new IOException("Cannot write " + ErrorText.path(to) + ": " + ErrorText.reason(e), e);
    }
  }

  /** Returns the content of a text file in UTF-8. */
  public String readText(Path path) throws IOException {
    try (var in = files.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Opens a file. The stream throws an {@link IOException}, which names the file, for each {@link
   * FSError}.
   */
  public InputStream open(Path path) throws IOException {
    return new FilterInputStream(files.open(path)) {
      @Override
      public int read() throws IOException {
        try {
          return in.read();
        } catch (FSError e) {
          throw cannotRead(path, e);
        }
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
          return in.read(bytes, offset, length);
        } catch (FSError e) {
          throw cannotRead(path, e);
        }
      }
    };
  }

  /**
   * Writes a text file in UTF-8 under a temporary name, and renames it over any file of its name.
   *
   * @throws IOException naming the file that cannot be written
   */
  public void replaceText(Path temporary, Path path, String text) throws IOException {
    replace(temporary, path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The content of a file. */
  public interface FileContent {
    /** Writes the content and leaves the stream open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file under a temporary name, and renames it over any file of its name.
   *
   * @throws IOException naming the file that cannot be written
   */
  public void replace(Path temporary, Path path, FileContent content) throws IOException {
    try (OutputStream out = files.create(temporary, true)) {
      content.writeTo(out);
    } catch (IOException | FSError e) {
      throw cannotWrite(path, e);
    }
    moveOver(temporary, path);
  }

  /**
   * Writes a new text file. If several processes try this at once, exactly one of them succeeds.
   *
   * @return whether this one did; false if there was a file already
   * @throws IOException naming the file that cannot be written
   */
  public boolean createNew(Path path, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      if (local) { // since Hadoop checks and creates in two steps there
        Files.write(java.nio.file.Path.of(path.toUri().getPath()), bytes, CREATE_NEW);
        return true;
      }
      try (OutputStream out = files.create(path, false)) {
        out.write(bytes);
      }
      return true;
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
      return false;
    } catch (IOException | FSError e) {
      throw cannotWrite(path, e);
    }
  }

  /**
   * Opens a text file to append lines, and creates it if there is none. If the last line does not
   * end with a line break, one is appended.
   *
   * @throws IOException if the file cannot be opened, or the file system cannot append to files
   */
  public FSDataOutputStream appendLines(Path path) throws IOException {
    if (!files.exists(path)) {
      return files.create(path, false);
    }
    boolean incomplete = !endsWithLine(path);
    FSDataOutputStream out = files.append(path);
    if (incomplete) {
      out.write('\n');
    }
    return out;
  }

  private boolean endsWithLine(Path path) throws IOException {
    long length = files.getFileStatus(path).getLen();
    if (length == 0) {
      return true;
    }
    try (FSDataInputStream in = files.open(path)) {
      in.seek(length - 1);
      return in.read() == '\n';
    }
  }

  /** Sets the modification time of a file, in milliseconds since 1970. */
  public void setModified(Path path, long time) throws IOException {
    files.setTimes(path, time, -1);
  }

  static IOException cannotWrite(Path path, Throwable e) {
    return new IOException("Cannot write " + ErrorText.path(path) + ": " + ErrorText.reason(e), e);
  }

  static IOException cannotRead(Path path, Throwable e) {
    return new IOException("Cannot read " + ErrorText.path(path) + ": " + ErrorText.reason(e), e);
  }

  /** Returns Hadoop's file system. */
  FileSystem files() {
    return files;
  }

  /**
   * Returns the length and modification time of a file.
   *
   * @throws FileNotFoundException if there is no such file
   */
  public FileStatus status(Path path) throws IOException {
    return files.getFileStatus(path);
  }
}
