package org.latentsweep.execution;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.mapping.ArchivedNetwork;
import org.latentsweep.random.RandomStream;
import org.latentsweep.run.GeneratorArchive;
import org.latentsweep.run.RunId;
import org.latentsweep.sweep.RequestException;
import org.latentsweep.table.RunRow;
import org.latentsweep.target.NoiseLaw;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import scala.Tuple2;

/**
 * The command {@code sample}: draws new samples from the generator of a finished run, by the
 * distributed forward pass of dl4j-spark.
 */
final class GeneratorSampling {
  /**
   * Latents that come from one random stream, chosen by judgement. Changing it changes the samples
   * of a seed.
   */
  private static final int CHUNK = 4096;

  private static final int BATCH = 512; // chosen by judgement: the batch of the default recipe

  private GeneratorSampling() {}

  /**
   * Draws samples.
   *
   * @param count number of samples
   * @param seed seed of the latents; the same seed gives the same samples
   * @return a table with the columns i, x and, in two dimensions, y
   */
  static ResultTable draw(
      JavaSparkContext spark, SweepFolder folder, RunId id, long count, long seed)
      throws IOException {
    GeneratorArchive archive =
        folder
            .generators()
            .of(id)
            .orElseThrow(
                () ->
                    new RequestException(
                        String.format(
                                Locale.ROOT,
                                "Cannot sample run %s: %s holds no generator of it; SELECT run_id FROM",
                                id,
                                folder)
                            + " generators lists those there are"));
    ArchivedNetwork archived = ArchivedNetwork.read(archive.bytes());
    float[] parameters = archived.parameters();
    MultiLayerNetwork network = new MultiLayerNetwork(archived.configuration());
    network.init(Nd4j.createFromArray(parameters).reshape(1, parameters.length), false);
    RunRow run = folder.runs().all().get(id).row();
    List<Tuple2<Long, float[]>> points =
        new SparkDl4jMultiLayer(spark, network, null)
            .feedForwardWithKey(latents(spark, run.noise(), run.latentDim(), count, seed), BATCH)
            .mapValues(point -> point.toFloatVector())
            .sortByKey()
            .collect();
    List<String> columns = List.of("i", "x", "y").subList(0, 1 + points.get(0)._2().length);
    return new ResultTable(columns, points.stream().map(GeneratorSampling::row).toList());
  }

  private static List<Object> row(Tuple2<Long, float[]> point) {
    List<Object> row = new ArrayList<>();
    row.add(point._1());
    for (float coordinate : point._2()) {
      row.add(coordinate);
    }
    return row;
  }

  private static JavaPairRDD<Long, INDArray> latents(
      JavaSparkContext spark, NoiseLaw noise, int k, long count, long seed) {
    List<Integer> chunks =
        IntStream.range(0, Math.toIntExact((count + CHUNK - 1) / CHUNK)).boxed().toList();
    return spark
        .parallelize(new ArrayList<>(chunks))
        .flatMapToPair(chunk -> chunk(noise, k, chunk, count, seed));
  }

  private static Iterator<Tuple2<Long, INDArray>> chunk(
      NoiseLaw noise, int k, int chunk, long count, long seed) {
    float[] z = new float[CHUNK * k];
    noise.fill(RandomStream.NEW_NOISE.at(seed, chunk), k, z);
    long from = (long) chunk * CHUNK;
    return LongStream.range(from, Math.min(from + CHUNK, count))
        .mapToObj(i -> new Tuple2<>(i, latent(z, k, (int) (i - from))))
        .iterator();
  }

  private static INDArray latent(float[] z, int k, int row) {
    return Nd4j.createFromArray(Arrays.copyOfRange(z, row * k, (row + 1) * k)).reshape(1, k);
  }
}
