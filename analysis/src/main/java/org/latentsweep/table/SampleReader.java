package org.latentsweep.table;

import static org.apache.parquet.filter2.predicate.FilterApi.binaryColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.eq;
import static org.apache.parquet.filter2.predicate.FilterApi.intColumn;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/**
 * Reads a file of samples as sets, one after the other: a set is what was drawn from the generator
 * of one run after one step. Reads column by column and makes no object for a sample, since a file
 * can hold many millions. Every exception names the file. Not thread-safe.
 */
public final class SampleReader implements Closeable {
  private static final List<String> COLUMNS = List.of("run_id", "step", "x", "y");

  private final Storage storage;
  private final Path path;
  private final ParquetFileReader file;
  private final MessageType schema;
  private final Optional<String> wantedRun;
  private final OptionalInt wantedStep;
  private final Row row = new Row();
  private final ColumnReader[] columns = new ColumnReader[COLUMNS.size()];
  private long rowsLeft; // in the current row group
  private boolean isAhead; // the row holds the first sample of the next set

  private String runId;
  private int step;
  private float[] x = new float[1 << 10];
  private float[] y = new float[1 << 10];
  private int size;
  private int withoutY;

  /**
   * Opens a file.
   *
   * @param wantedRun the id of the only run whose sets are wanted; empty for all runs
   * @param wantedStep the only step whose sets are wanted; empty for all steps
   * @throws DamagedFileException if the content is not a sound file of samples
   * @throws IOException if the file system cannot read the file
   */
  public SampleReader(
      Storage storage, Path path, Optional<String> wantedRun, OptionalInt wantedStep)
      throws IOException {
    this.storage = storage;
    this.path = path;
    this.wantedRun = wantedRun;
    this.wantedStep = wantedStep;
    this.file = ParquetRows.openFile(storage, path, filter(wantedRun, wantedStep));
    try {
      schema =
          ParquetRows.checked(
              path,
              file.getFileMetaData().getSchema(),
              ParquetRows.project(Table.SAMPLES.fileSchema(), COLUMNS));
      file.setRequestedSchema(schema);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Lets Parquet skip pages without the run or step; {@link #isWanted} skips single rows. */
  private static FilterCompat.Filter filter(Optional<String> run, OptionalInt step) {
    Stream<FilterPredicate> ofRun =
        run.stream().map(id -> eq(binaryColumn("run_id"), Binary.fromString(id)));
    Stream<FilterPredicate> ofStep =
        step.stream().mapToObj(wanted -> eq(intColumn("step"), wanted));
    return Stream.concat(ofRun, ofStep)
        .reduce(FilterApi::and)
        .map(FilterCompat::get)
        .orElse(FilterCompat.NOOP);
  }

  /**
   * Reads the next set.
   *
   * @return whether there was one
   * @throws DamagedFileException if the content is not sound
   * @throws IOException if the file system cannot read the file
   */
  public boolean next() throws IOException {
    try {
      boolean found = isAhead || readRow();
      if (found) {
        collect();
      }
      return found;
    } catch (IOException | RuntimeException | FSError e) {
      throw ParquetStorage.cannotDecode(storage, path, e);
    }
  }

  private void collect() throws IOException {
    runId = row.runId;
    step = row.step;
    size = 0;
    withoutY = 0;
    do {
      add();
      isAhead = readRow();
    } while (isAhead && row.step == step && row.runId.equals(runId));
  }

  private void add() {
    if (size == x.length) {
      x = Arrays.copyOf(x, 2 * size);
      y = Arrays.copyOf(y, 2 * size);
    }
    x[size] = row.x;
    y[size] = row.y;
    withoutY += row.hasY ? 0 : 1;
    size++;
  }

  private boolean readRow() throws IOException {
    do {
      if (rowsLeft == 0 && !nextGroup()) {
        return false;
      }
      rowsLeft--;
      row.start();
      for (ColumnReader column : columns) {
        if (column.getCurrentDefinitionLevel() == column.getDescriptor().getMaxDefinitionLevel()) {
          column.writeCurrentValueToConverter();
        }
        column.consume();
      }
    } while (!isWanted());
    return true;
  }

  private boolean isWanted() {
    return (wantedStep.isEmpty() || row.step == wantedStep.getAsInt())
        && (wantedRun.isEmpty() || row.runId.equals(wantedRun.get()));
  }

  private boolean nextGroup() throws IOException {
    PageReadStore group = file.readNextFilteredRowGroup();
    if (group == null) {
      return false;
    }
    rowsLeft = group.getRowCount();
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(group, row, schema, file.getFileMetaData().getCreatedBy());
    for (int c = 0; c < columns.length; c++) {
      columns[c] = store.getColumnReader(schema.getColumns().get(c));
    }
    return rowsLeft > 0 || nextGroup();
  }

  /** Returns the id of the current set's run. */
  public String runId() {
    return runId;
  }

  /** Returns the step after which the current set was drawn. */
  public int step() {
    return step;
  }

  /** Returns the number of samples in the current set. */
  public int size() {
    return size;
  }

  /** Returns how many samples of the current set have no second coordinate. */
  public int withoutY() {
    return withoutY;
  }

  /**
   * Returns the samples of the current set.
   *
   * @param dimensions the dimensions d, 1 or 2
   * @return a new array, row-major [n, d], with NaN for a second coordinate that is missing
   */
  public float[] points(int dimensions) {
    float[] points = new float[Math.multiplyExact(size, dimensions)];
    for (int i = 0; i < size; i++) {
      points[i * dimensions] = x[i];
      if (dimensions > 1) {
        points[i * dimensions + 1] = y[i];
      }
    }
    return points;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** The values of one row, which the columns' readers set. */
  private static final class Row extends GroupConverter {
    private String runId;
    private int step;
    private float x;
    private float y;
    private boolean hasY;
    private final List<Converter> converters =
        List.of(new RunIds(this), new Steps(this), new Xs(this), new Ys(this));

    @Override
    public Converter getConverter(int column) {
      return converters.get(column);
    }

    @Override
    public void start() {
      y = Float.NaN;
      hasY = false;
    }

    @Override
    public void end() {
      // There is nothing to do: each column has set its value.
    }
  }

  private static final class RunIds extends PrimitiveConverter {
    private final Row row;
    private String[] dictionary;

    RunIds(Row row) {
      this.row = row;
    }

    @Override
    public boolean hasDictionarySupport() {
      return true;
    }

    @Override
    public void setDictionary(Dictionary values) {
      dictionary = new String[values.getMaxId() + 1];
      for (int id = 0; id < dictionary.length; id++) {
        dictionary[id] = values.decodeToBinary(id).toStringUsingUTF8();
      }
    }

    @Override
    public void addValueFromDictionary(int id) {
      row.runId = dictionary[id];
    }

    @Override
    public void addBinary(Binary value) {
      row.runId = value.toStringUsingUTF8();
    }
  }

  private static final class Steps extends PrimitiveConverter {
    private final Row row;

    Steps(Row row) {
      this.row = row;
    }

    @Override
    public void addInt(int value) {
      row.step = value;
    }
  }

  private static final class Xs extends PrimitiveConverter {
    private final Row row;

    Xs(Row row) {
      this.row = row;
    }

    @Override
    public void addFloat(float value) {
      row.x = value;
    }
  }

  private static final class Ys extends PrimitiveConverter {
    private final Row row;

    Ys(Row row) {
      this.row = row;
    }

    @Override
    public void addFloat(float value) {
      row.y = value;
      row.hasY = true;
    }
  }
}
