package org.latentsweep.animation;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** Receives the frames of an animation, one after another. */
interface FrameSink {
  /**
   * Receives the next frame.
   *
   * @param frame an indexed image of the animation's size; the caller changes it afterwards
   */
  void add(BufferedImage frame) throws IOException;
}
