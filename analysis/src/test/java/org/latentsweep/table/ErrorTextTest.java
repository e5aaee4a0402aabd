package org.latentsweep.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class ErrorTextTest {
  @Test
  void aLocalPathHasNoScheme() {
    assertThat(ErrorText.path(new Path("file:/a/b"))).isEqualTo("/a/b");
    assertThat(ErrorText.path(new Path("hdfs://host/a/b"))).isEqualTo("hdfs://host/a/b");
  }

  @Test
  void aListSaysHowManyMoreItemsThereAre() {
    assertThat(ErrorText.list(List.of(1, 2, 3), 3)).isEqualTo("1, 2, 3");
    assertThat(ErrorText.list(List.of(1, 2, 3, 4, 5), 3)).isEqualTo("1, 2, 3 and 2 more");
  }

  @Test
  void theReasonOfAnExceptionIsItsMessage() {
    assertThat(ErrorText.reason(new IOException("no space", new IOException("deeper"))))
        .isEqualTo("no space");
  }

  @Test
  void anExceptionWithoutAMessageHasTheNameOfItsClass() {
    assertThat(ErrorText.reason(new IOException())).isEqualTo("IOException");
  }
}
