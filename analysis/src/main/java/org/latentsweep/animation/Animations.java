package org.latentsweep.animation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latentsweep.folder.StoredRun;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.mapping.GeneratorNetwork;
import org.latentsweep.run.GeneratorArchive;
import org.latentsweep.run.RunId;
import org.latentsweep.target.TargetDistribution;

/**
 * Writes animations as GIF files, and also as MP4 files if {@code ffmpeg} is installed.
 *
 * <p>A file replaces an older one of its name, and has the name only once it is complete.
 */
public final class Animations {
  private final Path into;
  private final Optional<Path> ffmpeg;

  /**
   * Looks for ffmpeg on the PATH.
   *
   * @param into the folder for the files, created if it does not exist
   */
  public Animations(Path into) {
    this(into, Optional.ofNullable(System.getenv("PATH")).flatMap(Mp4File::find));
  }

  Animations(Path into, Optional<Path> ffmpeg) {
    this.into = into;
    this.ffmpeg = ffmpeg;
  }

  /**
   * What was written.
   *
   * @param files the files that were written
   * @param warnings what could not be written, and why
   */
  public record Written(List<Path> files, List<String> warnings) {
    /** Copies the lists. */
    public Written {
      files = List.copyOf(files);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Writes two animations of a run: {@code RUN-training} shows its samples at each step at which
   * they were stored, and {@code RUN-slide} moves its latents to its samples. A run without a
   * trained generator that can be read gets a warning instead of the second one.
   *
   * @throws IllegalArgumentException if the folder holds no samples of the run
   * @throws IOException if its tables cannot be read, or nothing can be written
   */
  public Written ofRun(SweepFolder folder, RunId id) throws IOException {
    StoredRun run = folder.runs().all().get(id);
    if (run == null) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Cannot animate run %s: %s holds no such run", id, folder));
    }
    List<Path> files = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    write(new TrainingAnimation(folder, run), id + "-training", files, warnings);
    try {
      write(slide(folder, run), id + "-slide", files, warnings);
    } catch (IllegalArgumentException e) {
      warnings.add(
          String.format(Locale.ROOT, "There is no slide of run %s: %s", id, e.getMessage()));
    }
    return new Written(files, warnings);
  }

  private static Animation slide(SweepFolder folder, StoredRun run) throws IOException {
    GeneratorArchive generator =
        folder
            .generators()
            .of(run.id())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        String.format(
                            Locale.ROOT,
                            "it %s, and has no generator",
                            run.row().outcome().tableName())));
    return SlideAnimation.of(run, GeneratorNetwork.read(generator.bytes()));
  }

  /**
   * Writes the animation {@code TARGET-natural-map}, which moves latents to samples of a target by
   * its natural map.
   *
   * @throws IOException if it cannot be written
   */
  public Written ofNaturalMap(TargetDistribution target) throws IOException {
    List<Path> files = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    write(SlideAnimation.of(target), target.name() + "-natural-map", files, warnings);
    return new Written(files, warnings);
  }

  private void write(Animation animation, String name, List<Path> files, List<String> warnings)
      throws IOException {
    Files.createDirectories(into);
    files.add(writeGif(animation, into.resolve(name + ".gif")));
    if (ffmpeg.isPresent()) {
      Path mp4 = into.resolve(name + ".mp4");
      try {
        writeMp4(animation, ffmpeg.get(), mp4);
        files.add(mp4);
      } catch (IOException e) { // the GIF shows the same
        warnings.add(e.getMessage());
      }
    }
  }

  private static Path writeGif(Animation animation, Path gif) throws IOException {
    try (GifFile file = new GifFile(gif, animation.delay())) {
      animation.draw(file);
      file.publish();
    }
    return gif;
  }

  private static void writeMp4(Animation animation, Path ffmpeg, Path mp4) throws IOException {
    try (Mp4File file = new Mp4File(ffmpeg, mp4, animation.delay())) {
      animation.draw(file);
      file.publish();
    }
  }
}
