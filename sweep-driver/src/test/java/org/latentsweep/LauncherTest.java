package org.latentsweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher in a checkout whose Maven and Java only print their arguments. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(60)
class LauncherTest {
  private static final Path LAUNCHER = Path.of("../latentsweep").toAbsolutePath().normalize();

  private static final String JAVA =
      """
      case "$*" in
        *-XX:Wrong*) echo "Unrecognized VM option 'Wrong'"; exit 1 ;;
        *-version) echo 'openjdk version "17.0.9"' >&2 ;;
        *) echo "java LC_ALL=${LC_ALL:-} HOME=$HOME $*" ;;
      esac
      """;

  private static final String MAVEN =
      """
      echo "mvnw $*" >&2
      mkdir -p sweep-driver/target
      touch sweep-driver/target/latentsweep.jar
      echo "$PWD/sweep-driver/target/latentsweep.jar" >sweep-driver/target/spark.classpath
      """;

  @TempDir private Path temp;
  private Path home;
  private final Map<String, String> environment = new HashMap<>();

  private record Ended(int code, String output) {}

  @BeforeEach
  void makeCheckout() throws IOException {
    home = Files.createDirectories(temp.resolve("a check out"));
    Files.copy(LAUNCHER, home.resolve("latentsweep"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    for (String module : List.of("worker", "sweep-driver")) {
      Files.createDirectories(home.resolve(module).resolve("src/main"));
      Files.writeString(home.resolve(module).resolve("pom.xml"), "<project/>");
      Files.writeString(home.resolve(module).resolve("src/main/A.java"), "class A {}");
    }
    script(home.resolve("mvnw"), MAVEN);
    script(temp.resolve("jdk/bin/java"), JAVA);
    environment.put("JAVA_HOME", temp.resolve("jdk").toString());
    environment.put("HOME", temp.toString());
    environment.put("PATH", System.getenv("PATH"));
    environment.put("TMPDIR", temp.toString());
  }

  private static void script(Path file, String lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + lines);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Ended launch(Path launcher) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "status", "x");
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.directory(temp.toFile()).redirectErrorStream(true);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    return new Ended(process.onExit().join().exitValue(), output);
  }

  private Ended launch() throws IOException {
    return launch(home.resolve("latentsweep"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.copy(file, copy); // with the permissions, at the present time
        Files.setLastModifiedTime(copy, FileTime.from(Instant.now().plusSeconds(3600)));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Test
  void aProgramIsBuiltOnceAndAgainAfterAChange() throws IOException {
    assertThat(launch().output())
        .contains("mvnw -q -B -DskipTests", "recording", "org.latentsweep.Latentsweep status x");
    assertThat(launch().output()).doesNotContain("mvnw", "recording").contains("java ");

    Files.writeString(home.resolve("worker/src/main/A.java"), "class A { }");

    assertThat(launch().output()).contains("mvnw", "java ");
    assertThat(launch().output()).doesNotContain("mvnw");
  }

  @Test
  void aCopyIsNotBuiltAgain() throws IOException {
    launch();
    copy(home, temp.resolve("copy"));

    Ended ended = launch(temp.resolve("copy/latentsweep"));

    assertThat(ended.output()).doesNotContain("mvnw").contains("recording", "java ");
  }

  @Test
  void linksToTheLauncherWork() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("first"), home.resolve("latentsweep"));
    Path second = Files.createSymbolicLink(temp.resolve("second"), link.getFileName());

    assertThat(launch(second).output()).contains("-Dlatentsweep.home=" + home);
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, x86_64, -DskipTests package",
    "Linux, aarch64, -DskipTests -Plinux-arm64 package",
    "Darwin, arm64, -DskipTests -Pmacosx-arm64 package",
    "Darwin, x86_64, -DskipTests -Pmacosx-x86_64 package"
  })
  void theLibrariesAreThoseOfThePlatform(String system, String machine, String arguments)
      throws IOException {
    uname(system, machine);

    assertThat(launch().output()).contains(arguments);
  }

  private void uname(String system, String machine) throws IOException {
    script(
        temp.resolve("bin/uname"),
        "if [ \"$1\" = -s ]; then echo " + system + "; else echo " + machine + "; fi\n");
    environment.merge("PATH", temp.resolve("bin") + ":", (path, first) -> first + path);
  }

  @Test
  void aPlatformWithoutLibrariesIsRefused() throws IOException {
    uname("Linux", "riscv64");

    Ended ended = launch();

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output())
        .startsWith("latentsweep: there are no native libraries for Linux-riscv64;")
        .hasLineCount(1);
  }

  @Test
  void wrongOptionsOfJavaAreRefused() throws IOException {
    environment.put("LATENTSWEEP_JAVA_OPTS", "-XX:Wrong");

    Ended ended = launch();

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output())
        .isEqualTo(
            "latentsweep: Java refuses the options in LATENTSWEEP_JAVA_OPTS, JDK_JAVA_OPTIONS or"
                + " JAVA_TOOL_OPTIONS: Unrecognized VM option 'Wrong'\n");
  }

  @Test
  void anotherJavaIsRefused() throws IOException {
    script(temp.resolve("jdk/bin/java"), "echo 'openjdk version \"21.0.1\"' >&2\n");

    assertThat(launch().code()).isEqualTo(3);
    assertThat(launch().output()).contains("it needs JDK 17").hasLineCount(1);
  }

  @Test
  void fileNamesAreUtf8InEveryLocale() throws IOException {
    environment.put("LC_ALL", "C");
    assertThat(launch().output()).contains("LC_ALL=C.UTF-8");

    environment.put("LC_ALL", "de_DE.UTF-8");
    assertThat(launch().output()).contains("LC_ALL=de_DE.UTF-8");
  }

  @Test
  void aUserWithoutAHomeGetsOne() throws IOException {
    environment.remove("HOME");

    assertThat(launch().output()).contains("HOME=" + temp.resolve("latentsweep-"));
  }
}
