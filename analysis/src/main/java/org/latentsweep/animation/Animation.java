package org.latentsweep.animation;

import java.io.IOException;

/** A sequence of frames of one size and one palette. Only one frame at a time is in memory. */
interface Animation {

  /** Returns how long each frame is shown, in hundredths of a second. */
  int delay();

  /** Draws all frames; each call draws the same ones. */
  void draw(FrameSink sink) throws IOException;
}
