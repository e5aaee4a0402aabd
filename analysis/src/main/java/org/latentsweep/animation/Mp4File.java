package org.latentsweep.animation;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.latentsweep.table.NewFile;

/** Writes an MP4 file by sending raw frames to the standard input of {@code ffmpeg}. */
final class Mp4File implements FrameSink, Closeable {
  private static final int CHANNELS = 3;

  /** The time that ffmpeg has to end after the last frame. Chosen by judgement. */
  private static final long TIMEOUT_SECONDS = 120;

  private final NewFile file;
  private final Path messages; // what ffmpeg prints
  private final Process ffmpeg;
  private final OutputStream frames;
  private final byte[] rgb = new byte[Axes.WIDTH * Axes.HEIGHT * CHANNELS];

  /**
   * Starts ffmpeg, which writes under a temporary name.
   *
   * @param ffmpeg the program
   * @param delay between frames, in hundredths of a second
   */
  Mp4File(Path ffmpeg, Path destination, int delay) throws IOException {
    file = new NewFile(destination);
    messages = Files.createTempFile("ffmpeg", ".txt");
    try {
      this.ffmpeg = start(ffmpeg, delay);
    } catch (IOException e) {
      Files.delete(messages);
      throw e;
    }
    frames = this.ffmpeg.getOutputStream();
  }

  private Process start(Path program, int delay) throws IOException {
    String size = Axes.WIDTH + "x" + Axes.HEIGHT;
    String input = "-f rawvideo -pixel_format rgb24 -video_size " + size;
    String output = "-pix_fmt yuv420p -movflags +faststart -f mp4";
    List<String> command =
        Stream.of(
                Stream.of(program.toString(), "-loglevel", "error", "-y"),
                Stream.of(input.split(" ")),
                Stream.of("-framerate", "100/" + delay, "-i", "-"),
                Stream.of(output.split(" ")),
                Stream.of(file.temporary().toString()))
            .flatMap(words -> words)
            .toList();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(messages.toFile())
        .start();
  }

  /** Returns the first executable {@code ffmpeg} in the folders of a PATH. */
  static Optional<Path> find(String path) {
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "ffmpeg"))
        .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
        .findFirst();
  }

  @Override
  public void add(BufferedImage frame) throws IOException {
    byte[] indices = ((DataBufferByte) frame.getRaster().getDataBuffer()).getData();
    IndexColorModel palette = (IndexColorModel) frame.getColorModel();
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
    for (int i = 0; i < indices.length; i++) {
      int colour = colours[indices[i] & 0xFF];
      rgb[CHANNELS * i] = (byte) (colour >> 16);
      rgb[CHANNELS * i + 1] = (byte) (colour >> 8);
      rgb[CHANNELS * i + 2] = (byte) colour;
    }
    try {
      frames.write(rgb);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Waits until ffmpeg has ended, and gives the file its name. */
  void publish() throws IOException {
    try {
      frames.close();
    } catch (IOException e) {
      throw failure(e);
    }
    if (!hasEnded() || ffmpeg.exitValue() != 0) {
      throw failure(null);
    }
    file.publish();
  }

  private boolean hasEnded() throws IOException {
    try {
      return ffmpeg.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot write " + file.destination() + ": interrupted");
    }
  }

  /**
   * Returns an exception with what ffmpeg printed, which says more than that its input is closed.
   */
  private IOException failure(IOException cause) throws IOException {
    String reason =
        hasEnded()
            ? "exit status " + ffmpeg.exitValue() + " " + printed()
            : "it did not end within " + TIMEOUT_SECONDS + " s";
    return new IOException(
        "Cannot write " + file.destination() + ": ffmpeg failed: " + reason.strip(), cause);
  }

  private String printed() throws IOException {
    return new String(Files.readAllBytes(messages), StandardCharsets.UTF_8).strip();
  }

  /** Ends ffmpeg if it still runs, and deletes the file if it was not published. */
  @Override
  public void close() throws IOException {
    ffmpeg.destroyForcibly();
    Files.deleteIfExists(messages);
    file.close();
  }
}
