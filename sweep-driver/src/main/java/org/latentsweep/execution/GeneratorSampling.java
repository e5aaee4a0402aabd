package org.latentsweep.execution;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
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
import org.latentsweep.table.Table;
import org.latentsweep.target.NoiseLaw;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import scala.Tuple2;

/**
 * The command {@code sample}: draws new samples from the generator of a finished run, by the
 * distributed forward pass of dl4j-spark. Sample i depends on the seed and i alone, not on how many
 * are drawn or where.
 */
final class GeneratorSampling {
  /**
   * Latents that come from one random stream and go through the network together, chosen by
   * judgement. Changing it changes the samples of a seed.
   */
  private static final int CHUNK = 4096;

  /**
   * Numbers in the latents of a task, which dl4j-spark keeps in memory together: 32 MB. Chosen by
   * judgement.
   */
  private static final int NUMBERS_PER_TASK = 1 << 23;

  private final RunRow run;
  private final MultiLayerNetwork network;
  private final long count;
  private final long seed;

  /**
   * Reads the generator of a run.
   *
   * @param count number of samples
   * @param seed seed of the latents
   * @throws RequestException if the folder has no generator of the run
   */
  GeneratorSampling(SweepFolder folder, RunId id, long count, long seed) throws IOException {
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
    this.network = new MultiLayerNetwork(archived.configuration());
    network.init(Nd4j.createFromArray(parameters).reshape(1, parameters.length), false);
    this.run = folder.runs().all().get(id).row();
    this.count = count;
    this.seed = seed;
  }

  /** Returns the samples as a table with the columns i, x and, in two dimensions, y. */
  ResultTable table(JavaSparkContext spark) {
    List<Tuple2<Integer, float[][]>> chunks =
        chunks(spark).mapValues(INDArray::toFloatMatrix).sortByKey().collect();
    List<String> columns = List.of("i", "x", "y").subList(0, 1 + chunks.get(0)._2()[0].length);
    List<List<Object>> rows = new ArrayList<>();
    for (Tuple2<Integer, float[][]> chunk : chunks) {
      for (int row = 0; row < rows(chunk._1(), count); row++) {
        List<Object> cells = new ArrayList<>(List.of((long) chunk._1() * CHUNK + row));
        for (float coordinate : chunk._2()[row]) {
          cells.add(coordinate);
        }
        rows.add(cells);
      }
    }
    return new ResultTable(columns, rows);
  }

  /**
   * Writes the samples from the tasks that compute them, with the columns and the layout of the
   * table {@code samples}.
   *
   * @param into folder that does not exist
   * @throws RequestException if it exists
   * @throws IOException if it cannot be read or written; then nothing is left of it
   */
  void write(SparkSession spark, Path into) throws IOException {
    FileSystem files = into.getFileSystem(spark.sparkContext().hadoopConfiguration());
    if (files.exists(into)) {
      throw new RequestException(
          String.format(
              Locale.ROOT,
              "Cannot write samples to %s: it exists; give --into a folder that does not",
              into));
    }
    boolean written = false;
    try {
      spark
          .createDataFrame(
              rows(JavaSparkContext.fromSparkContext(spark.sparkContext())), Table.SAMPLES.schema())
          .write()
          .partitionBy("target", "latent_dim")
          .parquet(into.toString());
      written = true;
    } finally {
      if (!written) {
        files.delete(into, true);
      }
    }
  }

  private JavaRDD<Row> rows(JavaSparkContext spark) {
    RunRow of = run;
    long n = count;
    return chunks(spark)
        .flatMap(
            chunk -> {
              float[][] points = chunk._2().toFloatMatrix();
              return IntStream.range(0, rows(chunk._1(), n))
                  .mapToObj(row -> row(of, chunk._1() * CHUNK + row, points[row]))
                  .iterator();
            });
  }

  private static Row row(RunRow run, int i, float[] point) {
    return RowFactory.create(
        run.runId().toString(),
        run.steps(),
        i,
        point[0],
        point.length == 1 ? null : point[1],
        run.target(),
        run.latentDim());
  }

  /** Returns the number of samples of a chunk, of which the last can have fewer than others. */
  private static int rows(int chunk, long count) {
    return (int) Math.min(CHUNK, count - (long) chunk * CHUNK);
  }

  /** Returns the samples by chunks, all of which are full. */
  private JavaPairRDD<Integer, INDArray> chunks(JavaSparkContext spark) {
    int chunks = Math.toIntExact((count + CHUNK - 1) / CHUNK);
    int k = run.latentDim();
    NoiseLaw noise = run.noise();
    long of = seed;
    int perTask = Math.max(1, NUMBERS_PER_TASK / (CHUNK * k));
    int tasks = Math.max(Math.min(chunks, spark.defaultParallelism()), chunks / perTask);
    JavaPairRDD<Integer, INDArray> latents =
        spark
            .parallelize(IntStream.range(0, chunks).boxed().toList(), tasks)
            .mapToPair(chunk -> new Tuple2<>(chunk, latents(noise, k, of, chunk)));
    return new SparkDl4jMultiLayer(spark, network, null).feedForwardWithKey(latents, CHUNK);
  }

  private static INDArray latents(NoiseLaw noise, int k, long seed, int chunk) {
    float[] z = new float[CHUNK * k];
    noise.fill(RandomStream.NEW_NOISE.at(seed, chunk), k, z);
    return Nd4j.createFromArray(z).reshape(CHUNK, k);
  }
}
