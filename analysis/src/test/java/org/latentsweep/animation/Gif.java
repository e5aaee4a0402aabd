package org.latentsweep.animation;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.NodeList;

/**
 * The contents of a GIF file.
 *
 * @param frames the pictures
 * @param trees the metadata of each frame
 */
record Gif(List<BufferedImage> frames, List<IIOMetadataNode> trees) {
  static Gif read(Path file) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(in);
      List<BufferedImage> frames = new ArrayList<>();
      List<IIOMetadataNode> trees = new ArrayList<>();
      for (int i = 0; i < reader.getNumImages(true); i++) {
        frames.add(reader.read(i));
        trees.add(
            (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0"));
      }
      return new Gif(frames, trees);
    } finally {
      reader.dispose();
    }
  }

  /** Returns an attribute of a node of each frame that has it. */
  List<String> each(String node, String attribute) {
    return trees.stream()
        .map(tree -> tree.getElementsByTagName(node))
        .filter(nodes -> nodes.getLength() > 0)
        .map(nodes -> ((IIOMetadataNode) nodes.item(0)).getAttribute(attribute))
        .toList();
  }

  /** Returns the first frame's repetition: 1, then a count in two bytes. */
  byte[] repetition() {
    NodeList extensions = trees.get(0).getElementsByTagName("ApplicationExtension");
    return (byte[]) ((IIOMetadataNode) extensions.item(0)).getUserObject();
  }

  /** Returns the colour of a pixel of a frame, as 0xRRGGBB. */
  int pixel(int frame, int column, int row) {
    return frames.get(frame).getRGB(column, row) & 0xFFFFFF;
  }
}
