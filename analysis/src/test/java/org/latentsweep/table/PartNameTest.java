package org.latentsweep.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class PartNameTest {
  private static final String A = "part-0000000000000000";
  private static final String B = "part-0000000000000001";

  @Test
  void aMergedPartSortsBeforeItsParts() {
    assertThat(PartName.merged(List.of(A, B))).matches(PartName.PATTERN).isLessThan(A);
  }

  @Test
  void aPartThatIsMergedAgainSortsBeforeMergedParts() {
    String first = PartName.merged(List.of(A, B));
    String second = PartName.merged(List.of(A, first));

    assertThat(second).matches(PartName.PATTERN).isLessThan(first).startsWith("merged-9998");
  }

  @Test
  void aPartOfTheLowestRankCannotBeMerged() {
    List<String> parts = List.of(A, "merged-00000000000000000000");

    assertThatThrownBy(() -> PartName.merged(parts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot merge " + parts + ": merged too often before");
  }

  @Test
  void aFileNamesItsPart() {
    String merged = PartName.merged(List.of(A, B));

    assertThat(PartName.of(new Path("/a-b/" + merged + "-kl-0.5h.parquet"))).isEqualTo(merged);
    assertThat(PartName.of(new Path(merged + ".parquet"))).isEqualTo(merged);
  }
}
