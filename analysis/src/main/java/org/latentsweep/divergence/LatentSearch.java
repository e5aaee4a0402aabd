package org.latentsweep.divergence;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Finds latents t that a generator maps near a place x: local minima of
 *
 * <pre>f(t) = |G(t) - x|^2 / 2s^2 + |t|^2 / 2</pre>
 *
 * where t is likeliest if G(t) plus a normal error of standard deviation s is x.
 *
 * <p>Each search starts from the latent with the smallest f, and from that with the nearest image,
 * among random ones that are spread more widely than the noise, and from what was found for the
 * places before. A step is that of Gauss and Newton, t' = J'(s^2 I + J J')^-1 (x - G(t) + J t),
 * which for a linear G leads to the minimum, and it is halved until f decreases.
 *
 * <p>Source: B. Bell and F. Cathey, "The iterated Kalman filter update as a Gauss-Newton method"
 * (1993).
 */
final class LatentSearch {
  /**
   * Standard deviations of the random latents at which searches start. Chosen by judgement: a mode
   * that one latent in a million reaches, if the first coordinate exceeds 4.75, is reached by 6% of
   * those at 3.
   */
  private static final double[] SPREADS = {1, 1.5, 2, 3};

  /** Random latents for each spread. Chosen by judgement, for the time. */
  private static final int STARTS = 1 << 11;

  /** Steps of a search. Chosen by judgement: most searches end after fewer. */
  private static final int MAX_STEPS = 12;

  private static final int MAX_HALVINGS = 6;

  /** Decrease of f, in nats, below which a search ends. Chosen by judgement. */
  private static final double SMALL = 0.05;

  /**
   * How much greater than the least f that of another minimum may be. Chosen by judgement: beyond,
   * it adds less than 1% of the density.
   */
  private static final double WINDOW = 5;

  /** Step of a coordinate that is too short to try. Chosen by judgement. */
  private static final double MIN_STEP = 0.2;

  /** Distance of latents below which they count as the same minimum. Chosen by judgement. */
  private static final double SAME = 0.5;

  /** Places before, whose latents are starts. Chosen by judgement: about two rows of places. */
  private static final int RECENT = 32;

  private final NormalLatents latents;
  private final double[][] starts; // [n][k]
  private final int[] places; // [n]
  private final double[] halfSquares; // |t|^2 / 2, [n]
  private final float[] images; // row-major [n, d]

  /** Draws the latents at which searches start. */
  LatentSearch(NormalLatents latents, RandomGenerator random) {
    this.latents = latents;
    int n = SPREADS.length * STARTS;
    starts = new double[n][latents.size()];
    places = new int[n];
    halfSquares = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < latents.size(); j++) {
        starts[i][j] = SPREADS[i / STARTS] * random.nextGaussian();
      }
      places[i] = random.nextInt(latents.places());
      halfSquares[i] = LatentAnchor.dot(starts[i], starts[i]) / 2;
    }
    images = latents.images(starts, places);
  }

  /**
   * Finds latents for many places.
   *
   * @param sites places, whose neighbours in the list are near each other
   * @param s the standard deviation of the error
   * @return for each place the minima that were found, at least one
   */
  List<List<LatentAnchor>> at(KernelSites sites, double s) {
    List<List<LatentAnchor>> found = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      double[] x = {sites.x(i), sites.y(i)};
      List<Minimum> minima = new ArrayList<>();
      for (int start : best(x, s)) {
        minima.add(descend(starts[start], places[start], x, s));
      }
      LatentAnchor near = nearest(sites, i, found);
      if (near != null) {
        minima.add(descend(near.mean(), near.place(), x, s));
      }
      found.add(distinct(minima, s));
    }
    return found;
  }

  /** Returns the starts with the least f and with the nearest image. */
  private int[] best(double[] x, double s) {
    int d = latents.dimensions();
    int least = 0;
    int nearest = 0;
    double leastF = Double.POSITIVE_INFINITY;
    double nearestSquare = Double.POSITIVE_INFINITY;
    for (int i = 0; i < starts.length; i++) {
      double square = 0;
      for (int c = 0; c < d; c++) {
        double off = images[i * d + c] - x[c];
        square += off * off;
      }
      double f = square / (2 * s * s) + halfSquares[i];
      if (f < leastF) {
        leastF = f;
        least = i;
      }
      if (square < nearestSquare) {
        nearestSquare = square;
        nearest = i;
      }
    }
    return least == nearest ? new int[] {least} : new int[] {least, nearest};
  }

  /** Returns the best anchor of the nearest of the places before, or null. */
  private static LatentAnchor nearest(KernelSites sites, int i, List<List<LatentAnchor>> found) {
    LatentAnchor nearest = null;
    double least = Double.POSITIVE_INFINITY;
    for (int before = Math.max(0, i - RECENT); before < i; before++) {
      double distance = Math.hypot(sites.x(i) - sites.x(before), sites.y(i) - sites.y(before));
      if (distance < least) {
        least = distance;
        nearest = found.get(before).get(0);
      }
    }
    return nearest;
  }

  /** Returns the minima, the least first, without those that are too great or found twice. */
  private static List<LatentAnchor> distinct(List<Minimum> minima, double s) {
    minima.sort((a, b) -> Double.compare(a.f, b.f));
    List<LatentAnchor> anchors = new ArrayList<>();
    for (Minimum minimum : minima) {
      boolean known =
          anchors.stream().anyMatch(a -> a.place() == minimum.place && isSame(a.mean(), minimum.t));
      if (!known && minimum.f <= minima.get(0).f + WINDOW) {
        anchors.add(new LatentAnchor(minimum.place, minimum.t, minimum.derivatives(), s));
      }
    }
    return anchors;
  }

  private static boolean isSame(double[] a, double[] b) {
    double square = 0;
    for (int i = 0; i < a.length; i++) {
      square += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return square < SAME * SAME;
  }

  private Minimum descend(double[] start, int place, double[] x, double s) {
    Minimum at = new Minimum(start.clone(), place, x, s);
    double before;
    int step = 0;
    do {
      before = at.f;
      at = lower(at, x, s);
      if (before - at.f <= SMALL) {
        at = lowerByCoordinates(at, x, s);
      }
    } while (before - at.f > SMALL && ++step < MAX_STEPS);
    return at;
  }

  /** Returns a latent on the way of a step with a smaller f, or the same if there is none. */
  private Minimum lower(Minimum at, double[] x, double s) {
    double[] step = at.step(x, s);
    double share = 1;
    for (int halving = 0; halving <= MAX_HALVINGS; halving++) {
      double[] t = at.t.clone();
      for (int i = 0; i < t.length; i++) {
        t[i] += share * step[i];
      }
      Minimum next = new Minimum(t, at.place, x, s);
      if (next.f < at.f) {
        return next;
      }
      share /= 2;
    }
    return at;
  }

  /**
   * Takes the step in one coordinate after the other. Where G jumps along one coordinate, which
   * stops a step in all of them, the others still reach the minimum.
   */
  private Minimum lowerByCoordinates(Minimum from, double[] x, double s) {
    double[] step = from.step(x, s);
    Minimum at = from;
    for (int i = 0; i < step.length; i++) {
      double share = 1;
      while (Math.abs(share * step[i]) > MIN_STEP) {
        double[] t = at.t.clone();
        t[i] += share * step[i];
        Minimum next = new Minimum(t, at.place, x, s);
        if (next.f < at.f) {
          at = next;
          break;
        }
        share /= 2;
      }
    }
    return at;
  }

  /** A latent on the way to a minimum, with its image. */
  private final class Minimum {
    private final double[] t; // [k]
    private final int place;
    private final double[] image = new double[latents.dimensions()];
    private final double f;
    private double[][] derivatives; // null until they are needed

    Minimum(double[] t, int place, double[] x, double s) {
      this.t = t;
      this.place = place;
      latents.value(t, place, image);
      double square = 0;
      for (int c = 0; c < image.length; c++) {
        square += (image[c] - x[c]) * (image[c] - x[c]);
      }
      f = square / (2 * s * s) + LatentAnchor.dot(t, t) / 2;
    }

    /** Returns J, [d][k]. */
    double[][] derivatives() {
      if (derivatives == null) {
        derivatives = new double[latents.dimensions()][latents.size()];
        latents.valueAndDerivatives(t, place, new double[image.length], derivatives);
      }
      return derivatives;
    }

    /** Returns J'(s^2 I + J J')^-1 (x - G(t) + J t) - t. */
    double[] step(double[] x, double s) {
      double[][] j = derivatives();
      double[] r = new double[2];
      for (int c = 0; c < image.length; c++) {
        r[c] = x[c] - image[c] + LatentAnchor.dot(j[c], t);
      }
      boolean plane = image.length == 2;
      double a = s * s + LatentAnchor.dot(j[0], j[0]);
      double b = plane ? LatentAnchor.dot(j[0], j[1]) : 0;
      double c = plane ? s * s + LatentAnchor.dot(j[1], j[1]) : 1;
      double determinant = a * c - b * b;
      double first = (c * r[0] - b * r[1]) / determinant;
      double second = (a * r[1] - b * r[0]) / determinant;
      double[] step = new double[t.length];
      for (int i = 0; i < step.length; i++) {
        step[i] = first * j[0][i] + (plane ? second * j[1][i] : 0) - t[i];
      }
      return step;
    }
  }
}
