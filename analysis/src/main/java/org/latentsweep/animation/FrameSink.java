package org.latentsweep.animation;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** Takes the frames of an animation, one after the other. */
interface FrameSink {
  /**
   * Takes the next frame.
   *
   * @param frame indexed, of the animation's size; drawn over once this returns
   */
  void add(BufferedImage frame) throws IOException;
}
