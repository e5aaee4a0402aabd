import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Arrays;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The same training step in LibTorch, from Java, on one thread, to compare with in {@code latentsweep
 * bench cpu}. Java starts this file as a source file, with org.bytedeco:pytorch on the class path.
 *
 * <p>Arguments: target, noise, k, generator widths, its activation's slope below 0, its learning
 * rate, and the same three of the discriminator. Prints its name, and then for every number of steps
 * on standard input the nanoseconds that they took.
 */
public final class LibTorchPeer {
  private static final int BATCH = 512;

  private final String target;
  private final String noise;
  private final long k;
  private final Network generator;
  private final Network discriminator;
  private final Tensor labels =
      torch.cat(new TensorVector(torch.ones(BATCH / 2, 1), torch.zeros(BATCH / 2, 1)));
  private final Tensor ones = torch.ones(BATCH, 1);

  private LibTorchPeer(String[] a) {
    target = a[0];
    noise = a[1];
    k = Long.parseLong(a[2]);
    long d = target.equals("normal-1d") ? 1 : 2;
    generator = new Network(k, a[3], d, Double.parseDouble(a[4]), Double.parseDouble(a[5]));
    discriminator = new Network(d, a[6], 1, Double.parseDouble(a[7]), Double.parseDouble(a[8]));
  }

  /** A multilayer perceptron and its optimiser. */
  private static final class Network {
    final Tensor[] w; // [out, in]
    final Tensor[] b; // [out]
    final Scalar slope; // null: ReLU
    final Adam adam;

    Network(long in, String hidden, long out, double slope, double rate) {
      long[] sizes =
          Arrays.stream((in + "," + hidden + "," + out).split(","))
              .mapToLong(Long::parseLong)
              .toArray();
      w = new Tensor[sizes.length - 1];
      b = new Tensor[w.length];
      TensorVector parameters = new TensorVector();
      for (int l = 0; l < w.length; l++) {
        double limit = Math.sqrt(6.0 / (sizes[l] + sizes[l + 1])); // Glorot
        w[l] =
            torch.rand(sizes[l + 1], sizes[l]).mul(new Scalar(2 * limit)).sub_(new Scalar(limit));
        b[l] = torch.zeros(sizes[l + 1]);
        parameters.push_back(w[l].requires_grad_());
        parameters.push_back(b[l].requires_grad_());
      }
      this.slope = slope == 0 ? null : new Scalar(slope);
      AdamOptions options = new AdamOptions(rate);
      options.betas().put(0.5, 0.999);
      options.eps().put(1e-7);
      adam = new Adam(parameters, options);
    }

    Tensor forward(Tensor x) {
      for (int l = 0; l < w.length; l++) {
        x = torch.linear(x, w[l], new TensorOptional(b[l]));
        if (l < w.length - 1) {
          x = slope == null ? torch.relu(x) : torch.leaky_relu(x, slope);
        }
      }
      return x;
    }

    void learn(boolean learn) {
      for (int l = 0; l < w.length; l++) {
        w[l].requires_grad_(learn);
        b[l].requires_grad_(learn);
      }
    }
  }

  private Tensor noise(long n) {
    return switch (noise) {
      case "uniform(0,1)" -> torch.rand(n, k);
      case "uniform(-1,1)" -> torch.rand(n, k).mul_(new Scalar(2)).sub_(new Scalar(1));
      case "normal" -> torch.randn(n, k);
      default -> throw new IllegalArgumentException(noise);
    };
  }

  private Tensor real(long n) {
    return switch (target) {
      case "normal-1d" -> torch.randn(n, 1);
      case "gaussian" -> torch.randn(n, 2);
      case "eight-gaussians" -> {
        Tensor angle = torch.randint(8, new long[] {n}).mul(new Scalar(Math.PI / 4));
        Tensor centre = torch.stack(new TensorVector(angle.cos(), angle.sin()), 1);
        yield centre.mul(new Scalar(2)).add(torch.randn(n, 2).mul(new Scalar(0.2)));
      }
      default -> throw new IllegalArgumentException(target);
    };
  }

  private void step() {
    try (PointerScope scope = new PointerScope()) {
      Tensor fake;
      try (NoGradGuard guard = new NoGradGuard()) {
        fake = generator.forward(noise(BATCH / 2));
      }
      Tensor mixed = torch.cat(new TensorVector(real(BATCH / 2), fake));
      discriminator.adam.zero_grad();
      torch.binary_cross_entropy_with_logits(discriminator.forward(mixed), labels).backward();
      discriminator.adam.step();
      discriminator.learn(false);
      generator.adam.zero_grad();
      Tensor judged = discriminator.forward(generator.forward(noise(BATCH)));
      torch.binary_cross_entropy_with_logits(judged, ones).backward();
      generator.adam.step();
      discriminator.learn(true);
    }
  }

  public static void main(String[] arguments) throws Exception {
    // Unpacked first: otherwise libtorch.so would load the library of an installed PyTorch.
    Loader.cacheResource("/org/bytedeco/pytorch/" + Loader.getPlatform() + "/libtorch_cpu.so");
    openblas.blas_set_num_threads(1);
    torch.set_num_threads(1);
    torch.manual_seed(0);
    LibTorchPeer peer = new LibTorchPeer(arguments);
    String version = Loader.getVersion("org.bytedeco", "pytorch"); // followed by the version of JavaCPP
    System.out.println("LibTorch " + version.replaceFirst("-.*", ""));
    BufferedReader requests = new BufferedReader(new InputStreamReader(System.in));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      long start = System.nanoTime();
      for (int i = Integer.parseInt(line); i > 0; i--) {
        peer.step();
      }
      System.out.println(System.nanoTime() - start);
    }
  }
}
