package org.latentsweep.animation;

import java.io.IOException;

/** A sequence of frames of one size and one palette, of which one at a time is in memory. */
interface Animation {

  /** How long each frame is shown, in hundredths of a second. */
  int delay();

  /** Draws all frames, the same whenever it is called. */
  void draw(FrameSink sink) throws IOException;
}
