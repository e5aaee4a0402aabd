package org.latentsweep.animation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LetteringTest {
  @TempDir Path temp;

  /** Writes a word, in a process of its own because Java looks for fonts only once. */
  public static final class Writing {
    private Writing() {}

    /** Prints what went wrong. */
    public static void main(String[] arguments) {
      try {
        new Lettering(100).write(new Canvas(100, 20, Palette.of()), "word", 0, 14);
        System.out.println("written");
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private String write(String fontconfig) throws IOException, InterruptedException {
    Path configuration = Files.writeString(temp.resolve("fonts.conf"), fontconfig);
    Path printed = temp.resolve("printed.txt");
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.awt.headless=true",
            "-Duser.home=" + temp, // where Java caches what it found of fonts
            "-cp",
            System.getProperty("java.class.path"),
            Writing.class.getName());
    java.environment().put("FONTCONFIG_FILE", configuration.toString());
    Process process = java.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(printed).strip();
  }

  @Test
  void withoutFontsTheMessageSaysWhatToInstall() throws IOException, InterruptedException {
    assertThat(write("<fontconfig></fontconfig>"))
        .isEqualTo(
            "Cannot write text into pictures: Java finds no fonts here; install fontconfig and a"
                + " font such as fonts-dejavu-core");
  }

  @Test
  void textThatBeginsLeftOfThePictureIsCutOff() throws IOException {
    Canvas whole = new Canvas(200, 20, Palette.of());
    Canvas cut = new Canvas(200, 20, Palette.of());
    Lettering lettering = new Lettering(200);

    lettering.write(whole, "1000000", 50, 14);
    lettering.write(cut, "1000000", -10, 14);

    int ink = 0;
    for (int row = 0; row < 20; row++) {
      for (int column = 0; column < 140; column++) {
        int colour = whole.image().getRGB(60 + column, row);
        assertThat(cut.image().getRGB(column, row)).isEqualTo(colour);
        ink += colour == 0xFF000000 ? 1 : 0;
      }
    }
    assertThat(ink).isGreaterThan(50);
  }
}
