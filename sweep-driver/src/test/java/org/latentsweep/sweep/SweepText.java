package org.latentsweep.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Parses files of sweeps that tests write.
 *
 * @param folder folder for the files
 */
record SweepText(Path folder) {
  static final SweepParser PARSER =
      new SweepParser(List.of("auto", "cpu", "reference"), List.of("kl", "coverage", "mapping"));

  /** The smallest sound file. */
  static final String MINIMAL =
      """
      name = n
      output = out
      axes { target = spiral, latent-dim = 2 }
      """;

  /** Writes a file to the folder. */
  Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Parses a text as the file {@code s.conf}. */
  SweepSpec parse(String text, String... overrides) {
    return PARSER.parse(write("s.conf", text), List.of(overrides));
  }

  /** Returns the problems of a text, without the name of the folder. */
  List<String> problems(String text, String... overrides) {
    try {
      parse(text, overrides);
    } catch (RequestException e) {
      return e.getMessage().replace(folder + "/", "").lines().skip(1).map(String::strip).toList();
    }
    throw new AssertionError("nothing was wrong");
  }
}
