package org.latentsweep.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.run.RunId;

class TableReaderTest {
  private static final RunId RUN = RunId.of("a run");

  @TempDir private java.nio.file.Path temp;
  private Storage storage;
  private Path file;

  @BeforeEach
  void open() throws IOException {
    file = new Path(temp.resolve("samples.parquet").toString());
    storage = new Storage(file, new Configuration());
  }

  private void write(List<SampleRow> rows, Map<String, String> notes) throws IOException {
    Path temporary = file.suffix(".temporary");
    try (TableWriter<SampleRow> writer =
        new TableWriter<>(storage, Table.SAMPLES, temporary, file)) {
      for (SampleRow row : rows) {
        writer.add(row);
      }
      writer.finish(notes);
      writer.publish();
    }
  }

  /** Writes one sample of other columns, with 2 for each number. */
  private void writeOther(String... columns) throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message samples { %s; }".formatted(String.join("; ", columns)));
    Group row = new SimpleGroupFactory(schema).newGroup();
    for (String[] column : schema.getPaths()) {
      switch (schema.getType(column).asPrimitiveType().getPrimitiveTypeName()) {
        case INT32 -> row.append(column[0], 2);
        case FLOAT -> row.append(column[0], 2f);
        case DOUBLE -> row.append(column[0], 2.0);
        default -> row.append(column[0], RUN.hex());
      }
    }
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(ParquetStorage.output(storage, file))
            .withType(schema)
            .build()) {
      writer.write(row);
    }
  }

  private List<SampleRow> read() throws IOException {
    try (TableReader<SampleRow> reader = TableReader.open(storage, Table.SAMPLES, file)) {
      return reader.rest();
    }
  }

  private void assertDamaged(String problem) {
    assertThatThrownBy(this::read)
        .isInstanceOf(DamagedFileException.class)
        .hasMessage("Cannot read %s: %s", temp.resolve("samples.parquet"), problem);
  }

  @Test
  void rowsAreReadAsTheyWereWritten() throws IOException {
    List<SampleRow> rows =
        List.of(new SampleRow(RUN, 1, 0, 0.5f, null), new SampleRow(RUN, 1, 1, -0.5f, 3f));
    write(rows, Map.of());

    assertThat(read()).isEqualTo(rows);
  }

  @Test
  void nullFollowsTheLastRow() throws IOException {
    write(List.of(new SampleRow(RUN, 1, 0, 0.5f, null)), Map.of());

    try (TableReader<SampleRow> reader = TableReader.open(storage, Table.SAMPLES, file)) {
      assertThat(reader.next()).isNotNull();
      assertThat(reader.next()).isNull();
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void notesAreReadAsTheyWereWritten() throws IOException {
    write(List.of(), Map.of("key", "value"));

    assertThat(TableReader.notes(storage, file)).containsEntry("key", "value");
  }

  @Test
  void columnsAreFoundByName() throws IOException {
    writeOther(
        "optional float y",
        "required float x",
        "required double other",
        "required int32 i",
        "required int32 step",
        "required binary run_id (STRING)");

    assertThat(read()).containsExactly(new SampleRow(RUN, 2, 2, 2, 2f));
  }

  @Test
  void aNullableColumnThatTheFileLacksIsNull() throws IOException {
    writeOther(
        "required binary run_id (STRING)",
        "required int32 step",
        "required int32 i",
        "required float x");

    assertThat(read()).containsExactly(new SampleRow(RUN, 2, 2, 2, null));
  }

  @Test
  void aRequiredColumnThatTheFileLacksIsDamage() throws IOException {
    writeOther(
        "required binary run_id (STRING)",
        "required int32 step",
        "required float x",
        "optional float y");

    assertDamaged("it has no column i");
  }

  @Test
  void aColumnOfAnotherTypeIsDamage() throws IOException {
    writeOther(
        "required binary run_id (STRING)",
        "required int32 step",
        "required int32 i",
        "required double x");

    assertDamaged("its column is 'required double x' where 'required float x' is expected");
  }

  @Test
  void aNullableColumnOfAnotherTypeIsDamage() throws IOException {
    writeOther(
        "required binary run_id (STRING)",
        "required int32 step",
        "required int32 i",
        "required float x",
        "optional double y");

    assertDamaged("its column is 'optional double y' where 'optional float y' is expected");
  }

  @Test
  void aFileThatIsNotThereIsNotDamaged() {
    assertThatThrownBy(this::read)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(DamagedFileException.class)
        .hasMessageStartingWith("Cannot read " + temp.resolve("samples.parquet") + ": ");
  }
}
