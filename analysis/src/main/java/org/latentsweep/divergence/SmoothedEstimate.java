package org.latentsweep.divergence;

/**
 * Divergences of the smoothed densities p = target * N_h and q = samples * N_h at one bandwidth.
 *
 * <p><b>Value.</b> The plug-in: with phi the integrand (p log(p/q), q log(q/p), or p log(p/m) / 2 +
 * q log(q/m) / 2 with m = (p + q) / 2), sum_x phi(p(x), q^(x)) dx over the grid, where q^ is the
 * kernel density estimate.
 *
 * <p><b>Bias.</b> q^(x) is a mean of n independent kernels: unbiased for q(x), with variance V(x) =
 * ((N_h^2 * q)(x) - q(x)^2) / n. To second order E[phi(q^)] - phi(q) = V phi''(q) / 2, with
 *
 * <pre>
 *   forward  phi'' = p / q^2            bias int p V / (2 q^2)
 *   reverse  phi'' = 1 / q              bias int V / (2 q)
 *   JS       phi'' = p / (2 q (p + q))  bias int V p / (4 q (p + q))
 * </pre>
 *
 * which is subtracted, with V estimated from the same samples (divisor n - 1). V / q^2 is sum_i
 * r_i^2 - 1/n up to n / (n - 1), where r_i is the share of sample i in q^(x): between 0 and 1.
 *
 * <p>Where few samples make up q^ (V / q^2 above {@value #FEW}), as in p's tails and in modes that
 * q misses, the expansion of log q^ fails: log q^ depends on how far the nearest samples happen to
 * be. There the forward divergence is extrapolated from n / 2 and n samples to infinitely many.
 * With L(n) = - int p log q^ dx over that part of the plane, whose mass under tails as thin as a
 * normal's is of order 1/n,
 *
 * <pre>L(inf) = 2 L(n) - (L'(n/2) + L''(n/2)) / 2</pre>
 *
 * with L' and L'' from either half of the samples (Quenouille's jackknife, 1956).
 *
 * <p><b>Standard error.</b> By the delta method: the influence of a sample at x_i on the value is
 * (N_h * phi')(x_i), phi' = dphi/dq, up to a constant:
 *
 * <pre>
 *   forward  phi' = -p / q    reverse  phi' = log(q / p) + 1    JS  phi' = log(q / m) / 2
 * </pre>
 *
 * and the variance is that of the influences over the samples, divided by n. Near p = q the first
 * order vanishes and the second, int phi'' D^2 / 2 with D = q^ - q, remains: its variance is T / 2,
 * T = int int C(x, y)^2 phi''(x) phi''(y), C the covariance of D. The influences, evaluated with q^
 * for q, vary by int phi'' D N_h, whose variance over samples and noise comes to T instead. So T /
 * 2 is taken off, but never more than half. With C(x, y) = N_{h sqrt 2}(x - y) q / n, which is
 * narrow,
 *
 * <pre>T = 2^(-d/2) / n int (q phi'')^2 V / q dx</pre>
 *
 * where q phi'' is p / q, 1, their mean, and p / (2 (p + q)); p / q is capped at 1, as the
 * expansion holds for p near q only and elsewhere the first order dominates.
 *
 * <p>Where few samples make up q^ the delta method fails, too. There the forward influence is that
 * of leaving one out: minus n times how much int p log q^ falls, -log(1 - r_i) at each x; and half
 * of what the extrapolation changed is added in quadrature, as what it may have missed. To the
 * others is added what was subtracted as bias there, which is as uncertain as it is large.
 *
 * <p>Source: A. van der Vaart, "Asymptotic Statistics" (1998), chapter 20.
 */
final class SmoothedEstimate {
  /** Target mass of a node that is left out where the samples do not reach: below 1e-7 in all. */
  private static final double NEGLIGIBLE = 1e-13;

  /** V / q^2 from which so few samples make up q that leaving one out is no small change. */
  private static final double FEW = 0.25;

  /** Cut-off in h for smoothing log-ratios: what is beyond moves a standard error by under 1e-4. */
  private static final double LOG_REACH = 4.5;

  /** Cut-off in h for smoothing p / q, which can grow as fast as the kernel falls. */
  private static final double RATIO_REACH = 6;

  private final TargetGrid target;
  private final Grid grid;
  private final Grid halved; // for what varies no faster than q and needs less accuracy
  private final SampleDensity samples;
  private final FarField far;
  private final double[][] forwardSlope; // [halved rows, halved nodes], p / q
  private final double[][] reverseSlope; // [halved rows, halved nodes], log(q / p)
  private final double[][] jsSlope; // [halved rows, halved nodes], log(q / m) / 2
  private final double[][] few; // [halved rows, halved nodes], p's mass where samples are few

  // integrals over the grid and the outer samples
  private double forward;
  private double reverse;
  private double js;
  private double forwardBias;
  private double reverseBias;
  private double jsBias;
  private double reverseBiasOfFew; // the part of it from where samples are few
  private double jsBiasOfFew;
  private double extrapolation; // what is added to the forward divergence where samples are few

  // int (q phi'')^2 V / q of the second-order variance
  private double forwardNoise;
  private double reverseNoise;
  private double meanNoise;
  private double jsNoise;

  // covariances of the influences over the samples
  private final WeightedCovariance forwardSpread = new WeightedCovariance();
  private final WeightedCovariance reverseSpread = new WeightedCovariance();
  private final WeightedCovariance jsSpread = new WeightedCovariance();
  private final WeightedCovariance jointSpread = new WeightedCovariance();

  /** Estimates from samples, row-major [n, d], finite, n at least 2. */
  SmoothedEstimate(TargetGrid target, float[] points) {
    this.target = target;
    grid = target.grid();
    halved = grid.halved();
    samples = new SampleDensity(grid, target.bandwidth(), points);
    far = new FarField(grid, samples.sites(), target.bandwidth());
    forwardSlope = halved.zeros();
    reverseSlope = halved.zeros();
    jsSlope = halved.zeros();
    few = halved.zeros();
    integrate();
    estimateNoise();
    extrapolation = extrapolate(points);
    spread();
  }

  /** The value without its bias correction. */
  double plugIn(Divergence divergence) {
    return switch (divergence) {
      case KL_FORWARD -> forward;
      case KL_REVERSE -> reverse;
      case KL_MEAN -> (forward + reverse) / 2;
      case JS -> js;
    };
  }

  /** The estimated bias of the plug-in. */
  double bias(Divergence divergence) {
    return switch (divergence) {
      case KL_FORWARD -> forwardBias - extrapolation;
      case KL_REVERSE -> reverseBias;
      case KL_MEAN -> (forwardBias - extrapolation + reverseBias) / 2;
      case JS -> jsBias;
    };
  }

  /** The value: plug-in less bias. */
  double value(Divergence divergence) {
    return plugIn(divergence) - bias(divergence);
  }

  double standardError(Divergence divergence) {
    double f = forwardSpread.covariance();
    double r = reverseSpread.covariance();
    return switch (divergence) {
      case KL_FORWARD -> Math.hypot(standardError(f, forwardNoise), extrapolation / 2);
      case KL_REVERSE -> Math.hypot(standardError(r, reverseNoise), reverseBiasOfFew);
      case KL_MEAN ->
          Math.hypot(
              standardError((f + r + 2 * jointSpread.covariance()) / 4, meanNoise),
              Math.hypot(extrapolation / 4, reverseBiasOfFew / 2));
      case JS -> Math.hypot(standardError(jsSpread.covariance(), jsNoise), jsBiasOfFew);
    };
  }

  private double standardError(double influenceVariance, double noise) {
    double secondOrder = Math.pow(2, -0.5 * grid.dimensions()) * noise;
    double variance = Math.max(influenceVariance - secondOrder / 2, influenceVariance / 2);
    return Math.sqrt(Math.max(0, variance) / samples.samples());
  }

  private void integrate() {
    for (int i = 0; i < grid.rows(); i++) {
      integrateRow(i);
    }
    forward *= grid.cellVolume();
    reverse *= grid.cellVolume();
    js *= grid.cellVolume();
  }

  private void integrateRow(int i) {
    double[] density = target.density()[i];
    double[] logDensity = target.logDensity()[i];
    double[] all = samples.all()[i];
    double[] inner = samples.inner()[i];
    double least = samples.least();
    double negligible = NEGLIGIBLE / grid.cellVolume();
    for (int j = 0; j < density.length; j++) {
      double p = density[j];
      double q = all[j];
      if (q > least) {
        double ratio = Math.log(q) - logDensity[j]; // log(q / p)
        double logQOverM = -Math.log((p / q + 1) / 2);
        forward -= p * ratio;
        reverse += inner[j] * ratio;
        js += (p * (logQOverM - ratio) + inner[j] * logQOverM) / 2;
      } else if (p > negligible) {
        // q is negligible beside p, but its logarithm is not
        forward += p * (logDensity[j] - far.logDensity(i, j));
        js += p * Math.log(2) / 2;
      }
    }
  }

  /** Sums what depends on V, and fills the slopes, over the halved grid. */
  private void estimateNoise() {
    double[][] squared = samples.squaredKernel();
    for (int i = 0; i < halved.rows(); i++) {
      for (int j = 0; j < halved.nodes(); j++) {
        double p = target.density()[2 * i][2 * j];
        double q = samples.all()[2 * i][2 * j];
        if (q > samples.least()) {
          double noise = relativeVariance(squared[i][j] / (q * q * samples.samples()));
          addNoise(p, q, samples.inner()[2 * i][2 * j], noise);
          fillSlopes(i, j, q, noise);
        } else if (p > NEGLIGIBLE / grid.cellVolume()) {
          addFew(i, j, p);
        }
      }
    }
    forwardBias *= halved.cellVolume();
    reverseBias *= halved.cellVolume();
    jsBias *= halved.cellVolume();
    reverseBiasOfFew *= halved.cellVolume();
    jsBiasOfFew *= halved.cellVolume();
    forwardNoise *= halved.cellVolume();
    reverseNoise *= halved.cellVolume();
    meanNoise *= halved.cellVolume();
    jsNoise *= halved.cellVolume();
  }

  private void addNoise(double p, double q, double innerQ, double noise) {
    double forwardCurvature = Math.min(1, p / q); // q phi'', capped
    double meanCurvature = (forwardCurvature + 1) / 2;
    double jsCurvature = p / (2 * (p + q));
    forwardBias += noise < FEW ? p * noise / 2 : 0;
    reverseBias += innerQ * noise / 2;
    reverseBiasOfFew += noise < FEW ? 0 : innerQ * noise / 2;
    jsBias += q * noise * jsCurvature / 2;
    jsBiasOfFew += noise < FEW ? 0 : q * noise * jsCurvature / 2;
    forwardNoise += q * noise * forwardCurvature * forwardCurvature;
    reverseNoise += q * noise;
    meanNoise += q * noise * meanCurvature * meanCurvature;
    jsNoise += q * noise * jsCurvature * jsCurvature;
  }

  private void fillSlopes(int i, int j, double q, double noise) {
    double p = target.density()[2 * i][2 * j];
    if (noise < FEW) {
      forwardSlope[i][j] = p / q;
    } else {
      addFew(i, j, p);
    }
    reverseSlope[i][j] = Math.log(q) - target.logDensity()[2 * i][2 * j];
    jsSlope[i][j] = -Math.log((p / q + 1) / 2) / 2;
  }

  private void addFew(int i, int j, double p) {
    few[i][j] = p * halved.cellVolume();
    far.addMass(2 * i, 2 * j, few[i][j]);
  }

  /** L(inf) - L(n): see the class. */
  private double extrapolate(float[] points) {
    double fromHalves = 0;
    for (int half = 0; half < 2; half++) {
      SampleDensity density = new SampleDensity(grid, target.bandwidth(), half(points, half));
      FarField beyond = new FarField(grid, density.sites(), target.bandwidth());
      fromHalves += crossEntropyOfFew(density, beyond) / 2;
    }
    return crossEntropyOfFew(samples, far) - fromHalves;
  }

  /** Every second sample, from the first or the second on. */
  private float[] half(float[] points, int first) {
    int d = grid.dimensions();
    int rows = (points.length / d - first + 1) / 2;
    float[] half = new float[rows * d];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(points, (2 * i + first) * d, half, i * d, d);
    }
    return half;
  }

  /** - int p log q^ dx where samples are few. */
  private double crossEntropyOfFew(SampleDensity density, FarField beyond) {
    double sum = 0;
    for (int i = 0; i < few.length; i++) {
      for (int j = 0; j < few[i].length; j++) {
        if (few[i][j] > 0) {
          double q = density.all()[2 * i][2 * j];
          double logQ = q > density.least() ? Math.log(q) : beyond.logDensity(2 * i, 2 * j);
          sum -= few[i][j] * logQ;
        }
      }
    }
    return sum;
  }

  /** V / q^2 from the concentration sum_i r_i^2, which binning can take a little out of [0, 1]. */
  private double relativeVariance(double concentration) {
    int n = samples.samples();
    return Math.max(0, Math.min(1, (n * concentration - 1) / (n - 1)));
  }

  private void spread() {
    double[][] f = samples.smoothFunction(forwardSlope, RATIO_REACH);
    double[][] r = samples.smoothFunction(reverseSlope, LOG_REACH);
    double[][] g = samples.smoothFunction(jsSlope, LOG_REACH);
    KernelSites sites = samples.sites();
    double[] loss = far.lossBySite();
    OuterSamples outer = new OuterSamples(target, sites);
    for (int s = 0; s < sites.size(); s++) {
      double count = sites.count(s);
      double fromFew = -samples.samples() * loss[s] / count;
      double x = sites.x(s);
      double y = sites.y(s);
      if (grid.inner(x, y)) {
        addInfluence(
            count,
            fromFew - halved.interpolate(f, x, y),
            halved.interpolate(r, x, y),
            halved.interpolate(g, x, y));
      } else {
        forwardSpread.add(count, fromFew, fromFew);
        addOuter(outer, s, fromFew);
      }
    }
  }

  private void addInfluence(double weight, double f, double r, double g) {
    forwardSpread.add(weight, f, f);
    reverseSpread.add(weight, r, r);
    jsSpread.add(weight, g, g);
    jointSpread.add(weight, f, r);
  }

  private void addOuter(OuterSamples outer, int site, double f) {
    double weight = outer.weight(site);
    if (weight == 0) {
      return;
    }
    outer.evaluate(site);
    double share = weight / samples.samples();
    double noise = relativeVariance(outer.concentration());
    reverse += share * outer.logRatio();
    js += share * outer.jsTerm();
    reverseBias += share * noise / 2;
    jsBias += share * noise * outer.shareOfTarget() / 4;
    reverseSpread.add(weight, outer.logRatio(), outer.logRatio());
    jsSpread.add(weight, outer.jsTerm(), outer.jsTerm());
    jointSpread.add(weight, f, outer.logRatio());
  }
}
