package org.latentsweep.animation;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.FileImageOutputStream;
import org.latentsweep.table.NewFile;

/** Writes an animated GIF, frame by frame, which repeats without end. */
final class GifFile implements FrameSink, Closeable {
  /** Sub-block 1 of the NETSCAPE extension with a count of 0, which means to repeat without end. */
  private static final byte[] REPEAT_FOREVER = {1, 0, 0};

  private final NewFile file;
  private final int delay;
  private final ImageWriter writer;
  private final RandomAccessFile bytes;
  private IIOMetadata metadata; // of every frame after the first; null before the first is written

  /**
   * Starts the file under a temporary name.
   *
   * @param delay between frames, in hundredths of a second
   */
  GifFile(Path destination, int delay) throws IOException {
    file = new NewFile(destination);
    this.delay = delay;
    writer = ImageIO.getImageWritersByFormatName("gif").next();
    bytes = new RandomAccessFile(file.temporary().toFile(), "rw");
    writer.setOutput(new FileImageOutputStream(bytes));
  }

  @Override
  public void add(BufferedImage frame) throws IOException {
    if (metadata == null) {
      writer.prepareWriteSequence(streamMetadata((IndexColorModel) frame.getColorModel()));
      writer.writeToSequence(new IIOImage(frame, null, metadata(frame, true)), null);
      metadata = metadata(frame, false);
    } else {
      writer.writeToSequence(new IIOImage(frame, null, metadata), null);
    }
  }

  /**
   * Returns the metadata with one palette for all frames, so that frames need none of their own.
   */
  private IIOMetadata streamMetadata(IndexColorModel palette) throws IIOInvalidTreeException {
    int colours = palette.getMapSize();
    IIOMetadataNode table = new IIOMetadataNode("GlobalColorTable");
    table.setAttribute("sizeOfGlobalColorTable", Integer.toString(colours));
    table.setAttribute("backgroundColorIndex", Integer.toString(Palette.PAPER));
    table.setAttribute("sortFlag", "FALSE");
    for (int i = 0; i < colours; i++) {
      table.appendChild(colour(i, palette.getRGB(i)));
    }
    return merged(writer.getDefaultStreamMetadata(null), table);
  }

  private static IIOMetadataNode colour(int index, int rgb) {
    IIOMetadataNode entry = new IIOMetadataNode("ColorTableEntry");
    entry.setAttribute("index", Integer.toString(index));
    entry.setAttribute("red", Integer.toString(rgb >> 16 & 0xFF));
    entry.setAttribute("green", Integer.toString(rgb >> 8 & 0xFF));
    entry.setAttribute("blue", Integer.toString(rgb & 0xFF));
    return entry;
  }

  private IIOMetadata metadata(BufferedImage frame, boolean first) throws IIOInvalidTreeException {
    IIOMetadata ofFrame = writer.getDefaultImageMetadata(new ImageTypeSpecifier(frame), null);
    return first ? merged(ofFrame, control(), loop()) : merged(ofFrame, control());
  }

  private static IIOMetadata merged(IIOMetadata metadata, IIOMetadataNode... nodes)
      throws IIOInvalidTreeException {
    String format = metadata.getNativeMetadataFormatName();
    IIOMetadataNode root = new IIOMetadataNode(format);
    for (IIOMetadataNode node : nodes) {
      root.appendChild(node);
    }
    metadata.mergeTree(format, root);
    return metadata;
  }

  private IIOMetadataNode control() {
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "doNotDispose");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", Integer.toString(delay));
    control.setAttribute("transparentColorIndex", "0");
    return control;
  }

  /** Returns the extension that makes browsers repeat the animation. */
  private static IIOMetadataNode loop() {
    IIOMetadataNode extension = new IIOMetadataNode("ApplicationExtension");
    extension.setAttribute("applicationID", "NETSCAPE");
    extension.setAttribute("authenticationCode", "2.0");
    extension.setUserObject(REPEAT_FOREVER.clone());
    IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
    extensions.appendChild(extension);
    return extensions;
  }

  /** Completes the file and gives it its name. */
  void publish() throws IOException {
    writer.endWriteSequence();
    bytes.close();
    file.publish();
  }

  /** Deletes the file if it was not published. */
  @Override
  public void close() throws IOException {
    writer.dispose();
    bytes.close();
    file.close();
  }
}
