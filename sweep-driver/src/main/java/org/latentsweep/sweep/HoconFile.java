package org.latentsweep.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A file in HOCON. What it includes has to exist, and is checked as the file itself is: HOCON alone
 * ignores a missing file, and reads any bytes.
 */
final class HoconFile
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  /** Chosen by judgement: a list of a million seeds is half as long. */
  private static final long MAX_BYTES = 16 << 20;

  private final Path path;

  private HoconFile(Path path) {
    this.path = path;
  }

  /**
   * Parses a file and what it includes.
   *
   * @throws ConfigException if a file is missing, or is no HOCON
   */
  static Config parse(Path path) {
    HoconFile file = new HoconFile(path);
    file.check();
    return ConfigFactory.parseFile(path.toFile(), ConfigParseOptions.defaults().setIncluder(file));
  }

  private void check() {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw problem(0, "it has more than " + (MAX_BYTES >> 20) + " megabytes");
      }
      checkText(Files.readAllBytes(path));
    } catch (IOException e) {
      throw problem(0, "it cannot be read: " + e);
    }
  }

  private ConfigException problem(int line, String text) {
    ConfigOrigin file = ConfigOriginFactory.newFile(path.toString());
    return new ConfigException.IO(line == 0 ? file : file.withLineNumber(line), text);
  }

  private void checkText(byte[] bytes) {
    int line = 1;
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        checkLine(line, ByteBuffer.wrap(bytes, start, i - start));
        start = i + 1;
        line++;
      }
    }
  }

  private void checkLine(int line, ByteBuffer bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      text.codePoints()
          .filter(c -> c != '\t' && c != '\r' && !PrintableText.isPrintable(c))
          .findFirst()
          .ifPresent(
              c -> {
                throw problem(
                    line,
                    String.format(
                        Locale.ROOT,
                        "it holds the character %s, which is no text",
                        PrintableText.of(Character.toString(c))));
              });
    } catch (CharacterCodingException e) {
      throw problem(line, "it is not encoded in UTF-8");
    }
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this; // the fallback ignores what is missing
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    return what.matches("[a-z]+:/.*") ? includeURL(context, url(what)) : include(what);
  }

  private URL url(String what) {
    try {
      return new URL(what);
    } catch (IOException e) {
      throw missing(what, e.getMessage());
    }
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return include(what.toString());
  }

  private ConfigObject include(String what) {
    Path wanted;
    try {
      wanted = path.resolveSibling(what);
    } catch (InvalidPathException e) {
      throw missing(what, "it is no path");
    }
    return Stream.of("", ".conf", ".json", ".properties")
        .map(extension -> wanted.resolveSibling(wanted.getFileName() + extension))
        .filter(Files::isRegularFile)
        .findFirst()
        .map(file -> parse(file).root())
        .orElseThrow(
            () ->
                missing(
                    what, Files.isDirectory(wanted) ? "it is a folder" : "there is no such file"));
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    try {
      return ConfigFactory.parseURL(what, required(context)).root();
    } catch (ConfigException.IO e) {
      throw missing(what.toString(), "it cannot be read");
    }
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    try {
      return ConfigFactory.parseResources(what, required(context)).root();
    } catch (ConfigException.IO e) {
      throw missing(what, "there is no such resource");
    }
  }

  private ConfigParseOptions required(ConfigIncludeContext context) {
    return context.parseOptions().setAllowMissing(false).setIncluder(this);
  }

  private ConfigException missing(String what, String reason) {
    return problem(0, String.format(Locale.ROOT, "cannot include %s: %s", what, reason));
  }
}
