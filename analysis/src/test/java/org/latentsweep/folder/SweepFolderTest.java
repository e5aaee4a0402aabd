package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.run.RunPack;

class SweepFolderTest {
  private static final RunPack PACK = TestRuns.pack("gaussian", 2, 1, 2);
  private static final String NAME = "part-" + PACK.id() + ".parquet";

  @TempDir Path temp;

  private SweepFolder create(Path path) throws IOException {
    return SweepFolder.create(path.toString(), new Configuration());
  }

  @Test
  void aFolderCanBeCreatedAgainAndOpened() throws IOException {
    Path path = temp.resolve("a/b");
    TestRuns.commit(create(path), PACK);

    assertThat(create(path).runs().all()).hasSize(2);
    assertThat(SweepFolder.open(path.toString(), new Configuration()).runs().all()).hasSize(2);
    assertThat(path.resolve("_temporary")).isEmptyDirectory();
  }

  /** Stands for an object store: a local folder by another scheme, whose rename copies. */
  public static final class CopyingFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("copying:///");
    }

    @Override
    public String getScheme() {
      return "copying";
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      return FileUtil.copy(this, from, this, to, true, getConf());
    }
  }

  private static Configuration withCopyingFileSystem() {
    Configuration configuration = new Configuration();
    configuration.setClass("fs.copying.impl", CopyingFileSystem.class, FileSystem.class);
    return configuration;
  }

  @Test
  void aFileSystemWithoutAtomicRenameIsNotWritten() {
    Configuration configuration = withCopyingFileSystem();
    String path = "copying://" + temp.resolve("a");
    assertThatThrownBy(() -> SweepFolder.create(path, configuration))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot write to copying:%s: rows are committed by renaming files, which copying is"
                + " not known to do atomically (an object store copies), so that a crash could"
                + " lose or half-show runs; write to HDFS or a shared disk, and copy the finished"
                + " folder, or, where its rename is atomic, set"
                + " spark.hadoop.latentsweep.atomic-rename=copying",
            temp.resolve("a"));
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void aFileSystemWithoutAtomicRenameIsRead() throws IOException {
    TestRuns.commit(create(temp.resolve("a")), PACK);
    SweepFolder copied =
        SweepFolder.open("copying://" + temp.resolve("a"), withCopyingFileSystem());
    assertThat(copied.runs().all()).hasSize(2);
    assertThatThrownBy(copied::requireAtomicRename).hasMessageStartingWith("Cannot write to ");
  }

  @Test
  void aSettingListsFurtherFileSystemsWithAtomicRename() throws IOException {
    create(temp.resolve("a"));
    Configuration configuration = withCopyingFileSystem();
    configuration.set("latentsweep.atomic-rename", "other, copying");

    SweepFolder folder = SweepFolder.open("copying://" + temp.resolve("a"), configuration);

    assertThatCode(folder::requireAtomicRename).doesNotThrowAnyException();
  }

  @Test
  void packsInFlightAreNeitherCommittedNorAborted() throws IOException {
    SweepFolder folder = create(temp);
    try (PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.completed(PACK.runs().get(0)));
      assertThat(folder.packsInFlight()).isEqualTo(1);
    }
    assertThat(folder.packsInFlight()).isZero();
  }

  @Test
  void aFolderKeepsItsSettingsWhenItIsSent() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set("fs.example.key", "value");
    SweepFolder folder = SweepFolder.create(temp.toString(), configuration);

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(folder);
    }
    assertThat(bytes.size()).isLessThan(2000);
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      SweepFolder sent = (SweepFolder) in.readObject();
      assertThat(sent.path()).isEqualTo(folder.path());
      assertThat(sent.files().storage().configuration().get("fs.example.key")).isEqualTo("value");
    }
  }

  @Test
  void theViewsOfACopyReadTheCopy() throws IOException {
    Path original = temp.resolve("original");
    TestRuns.commit(create(original), PACK);
    Path copy = Files.createDirectory(temp.resolve("copy"));
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.skip(1).toList()) {
        Files.copy(file, copy.resolve(original.relativize(file).toString()));
      }
    }
    assertThat(copy.resolve("views.sql")).content().contains("original/runs");

    SweepFolder.open(copy.toString(), new Configuration());

    assertThat(copy.resolve("views.sql"))
        .content()
        .contains("copy/runs")
        .doesNotContain("original");
    assertThat(original.resolve("views.sql")).content().contains("original/runs");
  }
}
