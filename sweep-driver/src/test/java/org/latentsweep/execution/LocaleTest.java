package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sweeps on machines that are set to languages with other digits, letters or decimal points. */
class LocaleTest {
  private static final Locale BEFORE = Locale.getDefault();

  @TempDir private static Path temp;

  private static Path english;

  @BeforeAll
  static void trainInEnglish() {
    english = sweep("en", "metrics=[coverage]");
  }

  @AfterAll
  static void restore() {
    Locale.setDefault(BEFORE);
  }

  private static Path sweep(String language, String metrics) {
    Locale.setDefault(new Locale(language));
    Path output = temp.resolve("sweep-" + language);
    Cli.succeed(
        Cli.smoke(
            "output=" + output,
            "axes.target=[gaussian]",
            "axes.latent-dim=[1, 2]",
            "run.steps=4",
            metrics));
    Locale.setDefault(new Locale(language));
    Cli.succeed("compact", output, "--grace", "0");
    return output;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.contains("metrics") && !name.contains("_lock"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa", "ar", "tr", "de"})
  void resultsAndNamesAreThoseInEnglish(String language) throws IOException {
    Path output = sweep(language, "metrics=[]");

    assertThat(Locale.getDefault()).isEqualTo(Locale.ROOT);
    assertThat(output.resolve("_latentsweep.json"))
        .hasSameTextualContentAs(english.resolve("_latentsweep.json"));
    assertThat(SampleBits.of(output)).isEqualTo(SampleBits.of(english));
    assertThat(names(output)).isEqualTo(names(english)).allMatch(LocaleTest::isAscii);
  }

  @Test
  void figuresHaveDecimalPointsAndLatinDigits() throws IOException {
    Locale.setDefault(new Locale("fa"));
    Cli.succeed("report", english);

    assertThat(names(english.resolve("figures")))
        .hasSizeGreaterThan(3)
        .allMatch(LocaleTest::isAscii);
    try (Stream<Path> files = Files.walk(english.resolve("figures"))) {
      for (Path figure : files.filter(file -> file.toString().matches(".*[.](svg|csv)")).toList()) {
        String text = Files.readString(figure);
        assertThat(text.codePoints().filter(Character::isDigit))
            .as(figure.toString())
            .allMatch(c -> c >= '0' && c <= '9');
        assertThat(text).as(figure.toString()).doesNotContainPattern(">-?[0-9]+,[0-9]+<");
      }
    }
  }

  private static boolean isAscii(String name) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(name);
  }
}
