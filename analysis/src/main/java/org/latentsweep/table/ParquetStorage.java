package org.latentsweep.table;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;

/** Opens Parquet files in a {@link Storage}, and tells damaged files from unreadable ones. */
public final class ParquetStorage {
  /** The last bytes of every Parquet file, as its format specifies. */
  private static final byte[] END = {'P', 'A', 'R', '1'};

  private ParquetStorage() {}

  /** Returns a file for Parquet to read. */
  static InputFile input(Storage storage, FileStatus status) {
    return new InputFile() {
      @Override
      public long getLength() {
        return status.getLen();
      }

      @Override
      public SeekableInputStream newStream() throws IOException {
        return HadoopStreams.wrap(storage.files().open(status.getPath()));
      }
    };
  }

  /** Returns a file for Parquet to write, which replaces any file at that path. */
  static OutputFile output(Storage storage, Path path) {
    return new OutputFile() {
      @Override
      public PositionOutputStream create(long blockSizeHint) throws IOException {
        return createOrOverwrite(blockSizeHint);
      }

      @Override
      public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
        return HadoopStreams.wrap(storage.files().create(path, true));
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

  /**
   * Returns whether a file ends as Parquet files do: with the length of its footer, followed by
   * four letters.
   *
   * @throws IOException naming the file, if it cannot be read
   */
  public static boolean hasEnd(Storage storage, FileStatus status) throws IOException {
    byte[] end = new byte[Integer.BYTES + END.length];
    if (status.getLen() < END.length + end.length) {
      return false;
    }
    try (FSDataInputStream in = storage.files().open(status.getPath())) {
      in.readFully(status.getLen() - end.length, end);
    } catch (EOFException e) { // the file is shorter than the file system said
      return false;
    } catch (IOException | FSError e) {
      throw Storage.cannotRead(status.getPath(), e);
    }
    int footer = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt();
    boolean letters = Arrays.equals(end, Integer.BYTES, end.length, END, 0, END.length);
    return letters && footer > 0 && footer + end.length < status.getLen();
  }

  /**
   * Returns the exception to throw if Parquet could not read a file: a {@link DamagedFileException}
   * if the file system can read all bytes, so that the content is at fault.
   */
  static IOException cannotDecode(Storage storage, Path path, Throwable e) {
    try (FSDataInputStream in = storage.files().open(path)) {
      in.transferTo(OutputStream.nullOutputStream());
      return new DamagedFileException(path, ErrorText.reason(e), e);
    } catch (IOException | FSError unreadable) {
      return Storage.cannotRead(path, unreadable);
    }
  }
}
