package org.latentsweep.table;

import static java.nio.file.StandardOpenOption.CREATE_NEW;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;

/**
 * The file system under an output folder. Local files get no checksum files beside them, and a
 * native file system's errors, which Hadoop throws as {@link FSError}, become exceptions.
 */
public final class Storage {
  /** The setting that lists further schemes, by commas, whose rename of a file is atomic. */
  public static final String ATOMIC_RENAME = "latentsweep.atomic-rename";

  private static final Set<String> KNOWN_TO_RENAME = Set.of("file", "hdfs");
  private static final byte[] PARQUET_END = {'P', 'A', 'R', '1'};

  private final Configuration configuration;
  private final FileSystem files;
  private final boolean local;

  public Storage(Path root, Configuration configuration) throws IOException {
    this.configuration = configuration;
    FileSystem found = root.getFileSystem(configuration);
    this.local = found instanceof LocalFileSystem;
    this.files = found instanceof LocalFileSystem checked ? checked.getRaw() : found;
  }

  public Configuration configuration() {
    return configuration;
  }

  public Path qualified(Path path) {
    return files.makeQualified(path);
  }

  /** Whether a file takes another's place in one step, for all readers and through a crash. */
  public boolean renamesAtomically() {
    String scheme = files.getUri().getScheme();
    return KNOWN_TO_RENAME.contains(scheme)
        || configuration.getTrimmedStringCollection(ATOMIC_RENAME).contains(scheme);
  }

  public boolean exists(Path path) throws IOException {
    return files.exists(path);
  }

  public boolean isFolder(Path path) throws IOException {
    try {
      return files.getFileStatus(path).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  public void createFolder(Path path) throws IOException {
    try {
      if (!files.mkdirs(path)) {
        throw new IOException("the file system refused");
      }
    } catch (IOException e) {
      throw new IOException("Cannot create folder " + shown(path) + ": " + reason(e), e);
    }
  }

  /** What a folder holds itself; empty where there is no folder. */
  public List<FileStatus> list(Path folder) throws IOException {
    try {
      return List.of(files.listStatus(folder));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** The files in a folder at any depth, but those that are hidden or in hidden folders. */
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

  /** Hadoop's and Spark's convention. */
  private static boolean isHidden(Path path) {
    return path.getName().startsWith("_") || path.getName().startsWith(".");
  }

  public void delete(Path path) throws IOException {
    files.delete(path, true);
  }

  /**
   * Renames a file over another or to a new name, so that readers see the one or the other. A local
   * rename does so by itself, where {@link FileContext} would delete first.
   */
  public void moveOver(Path from, Path to) throws IOException {
    try {
      if (!local) {
        FileContext.getFileContext(to.toUri(), configuration)
            .rename(from, to, Options.Rename.OVERWRITE);
      } else if (!files.rename(from, to)) {
        throw new IOException("the file system refused to rename " + shown(from));
      }
    } catch (IOException e) {
      throw new IOException("Cannot write " + shown(to) + ": " + reason(e), e);
    }
  }

  public String readText(Path path) throws IOException {
    try (var in = files.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Opens a file; a native file system's errors become exceptions. */
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

  public void replaceText(Path temporary, Path path, String text) throws IOException {
    replace(temporary, path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** What is written to a file. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file under a temporary name, and then renames it over another or to a new name. */
  public void replace(Path temporary, Path path, Content content) throws IOException {
    try (OutputStream out = files.create(temporary, true)) {
      content.writeTo(out);
    } catch (IOException | FSError e) {
      throw cannotWrite(path, e);
    }
    moveOver(temporary, path);
  }

  /**
   * Writes a file that is not there yet; of several that try at once one succeeds.
   *
   * @return whether it was this one
   */
  public boolean createNew(Path path, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      if (local) { // where Hadoop looks first and creates then
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
   * Opens a text file for more lines, and creates it where there is none. A last line that was cut
   * short is ended.
   */
  public FSDataOutputStream appendLines(Path path) throws IOException {
    if (!files.exists(path)) {
      return files.create(path, false);
    }
    boolean cutShort = !endsWith(path, '\n');
    FSDataOutputStream out = files.append(path);
    if (cutShort) {
      out.write('\n');
    }
    return out;
  }

  private boolean endsWith(Path path, char last) throws IOException {
    long length = files.getFileStatus(path).getLen();
    if (length == 0) {
      return true; // no line was begun
    }
    try (FSDataInputStream in = files.open(path)) {
      in.seek(length - 1);
      return in.read() == last;
    }
  }

  /** Sets a file's modification time, in milliseconds since 1970. */
  public void touch(Path path, long time) throws IOException {
    files.setTimes(path, time, -1);
  }

  static IOException cannotWrite(Path path, Throwable e) {
    return new IOException("Cannot write " + shown(path) + ": " + reason(e), e);
  }

  static IOException cannotRead(Path path, Throwable e) {
    return new IOException("Cannot read " + shown(path) + ": " + reason(e), e);
  }

  /** A path as a person writes it: without the scheme where it is local. */
  public static String shown(Path path) {
    String scheme = path.toUri().getScheme();
    return scheme == null || scheme.equals("file") ? path.toUri().getPath() : path.toString();
  }

  /** The message of what went wrong first, as far as it has one. */
  public static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause instanceof FSError) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** Whether a file ends as Parquet files do: with its footer's length, and four letters. */
  public boolean hasParquetEnd(FileStatus status) throws IOException {
    byte[] end = new byte[Integer.BYTES + PARQUET_END.length];
    if (status.getLen() < PARQUET_END.length + end.length) {
      return false;
    }
    try (FSDataInputStream in = files.open(status.getPath())) {
      in.readFully(status.getLen() - end.length, end);
    } catch (EOFException e) { // shorter than the file system says
      return false;
    } catch (IOException | FSError e) {
      throw cannotRead(status.getPath(), e);
    }
    int footer = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt();
    boolean letters =
        Arrays.equals(end, Integer.BYTES, end.length, PARQUET_END, 0, PARQUET_END.length);
    return letters && footer > 0 && footer + end.length < status.getLen();
  }

  /** What to throw where Parquet could not read a file: whose fault it was shows its bytes. */
  IOException cannotDecode(Path path, Throwable e) {
    try (FSDataInputStream in = files.open(path)) {
      in.transferTo(OutputStream.nullOutputStream());
      return new DamagedFileException(path, reason(e), e);
    } catch (IOException | FSError unreadable) {
      return cannotRead(path, unreadable);
    }
  }

  InputFile input(FileStatus status) {
    return new InputFile() {
      @Override
      public long getLength() {
        return status.getLen();
      }

      @Override
      public SeekableInputStream newStream() throws IOException {
        return HadoopStreams.wrap(files.open(status.getPath()));
      }
    };
  }

  public FileStatus status(Path path) throws IOException {
    return files.getFileStatus(path);
  }

  OutputFile output(Path path) {
    return new OutputFile() {
      @Override
      public PositionOutputStream create(long blockSizeHint) throws IOException {
        return createOrOverwrite(blockSizeHint);
      }

      @Override
      public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
        return HadoopStreams.wrap(files.create(path, true));
      }

      @Override
      public boolean supportsBlockSize() {
        return false;
      }

      @Override
      public long defaultBlockSize() {
        return 0;
      }
    };
  }
}
