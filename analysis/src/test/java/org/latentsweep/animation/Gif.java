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
 * What is in a GIF.
 *
 * @param frames as pictures
 * @param trees what is said of each
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

  /** An attribute of a node of each frame, where it has one. */
  List<String> each(String node, String attribute) {
    return trees.stream()
        .map(tree -> tree.getElementsByTagName(node))
        .filter(nodes -> nodes.getLength() > 0)
        .map(nodes -> ((IIOMetadataNode) nodes.item(0)).getAttribute(attribute))
        .toList();
  }

  /** What the first frame says of repetition: 1, then how often, in two bytes. */
  byte[] repetition() {
    NodeList extensions = trees.get(0).getElementsByTagName("ApplicationExtension");
    return (byte[]) ((IIOMetadataNode) extensions.item(0)).getUserObject();
  }

  /** The colour of a pixel of a frame, 0xRRGGBB. */
  int pixel(int frame, int column, int row) {
    return frames.get(frame).getRGB(column, row) & 0xFFFFFF;
  }
}
