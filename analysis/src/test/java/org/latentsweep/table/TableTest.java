package org.latentsweep.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TableTest {
  /** As Spark's StructType.toDDL writes it: a change here is a change of the format. */
  private static final Map<String, String> COLUMNS =
      Map.of(
          "runs",
          """
          run_id STRING NOT NULL,sweep STRING NOT NULL,target STRING NOT NULL,\
          noise STRING NOT NULL,latent_dim INT NOT NULL,seed BIGINT NOT NULL,\
          config_hash STRING NOT NULL,config STRING NOT NULL,outcome STRING NOT NULL,\
          message STRING,diverged_at INT,steps INT NOT NULL,steps_done INT,\
          generator_parameters BIGINT NOT NULL,discriminator_parameters BIGINT NOT NULL,\
          d_loss FLOAT,g_loss FLOAT,train_seconds DOUBLE NOT NULL,steps_per_second DOUBLE,\
          pack_size INT NOT NULL,backend STRING NOT NULL,device STRING NOT NULL,\
          host STRING NOT NULL,attempt STRING NOT NULL,started_at TIMESTAMP NOT NULL,\
          finished_at TIMESTAMP NOT NULL,version STRING NOT NULL""",
          "history",
          """
          run_id STRING NOT NULL,step INT NOT NULL,d_loss FLOAT NOT NULL,\
          d_accuracy FLOAT NOT NULL,g_loss FLOAT NOT NULL,g_accuracy FLOAT NOT NULL""",
          "samples",
          """
          run_id STRING NOT NULL,step INT NOT NULL,i INT NOT NULL,x FLOAT NOT NULL,y FLOAT,\
          target STRING NOT NULL,latent_dim INT NOT NULL""",
          "generators",
          "run_id STRING NOT NULL,step INT NOT NULL,archive BINARY NOT NULL",
          "metrics",
          """
          run_id STRING NOT NULL,step INT NOT NULL,metric STRING NOT NULL,\
          estimator STRING NOT NULL,value DOUBLE,standard_error DOUBLE,ci_low DOUBLE,\
          ci_high DOUBLE,floor DOUBLE,n BIGINT NOT NULL,bandwidth DOUBLE,floored DOUBLE,\
          outcome STRING NOT NULL,reason STRING""",
          "summary",
          """
          target STRING NOT NULL,latent_dim INT NOT NULL,config_hash STRING NOT NULL,\
          metric STRING,runs BIGINT NOT NULL,diverged BIGINT NOT NULL,failed BIGINT NOT NULL,\
          diverged_in_effect BIGINT NOT NULL,\
          mean DOUBLE,sd DOUBLE,median DOUBLE,ci_low DOUBLE,ci_high DOUBLE,\
          median_low DOUBLE,median_high DOUBLE,median_confidence DOUBLE,median_low95 DOUBLE,\
          median_high95 DOUBLE,worst DOUBLE,counted BIGINT NOT NULL,finite BIGINT NOT NULL,\
          geometric_mean DOUBLE,log_sd DOUBLE,geometric_low DOUBLE,geometric_high DOUBLE,iqm DOUBLE,\
          iqm_low DOUBLE,iqm_high DOUBLE,over_best_low DOUBLE,over_best_high DOUBLE,\
          more_seeds DOUBLE,floor DOUBLE,\
          diagnosis STRING,variant STRING NOT NULL""",
          "comparisons",
          """
          target STRING NOT NULL,metric STRING NOT NULL,differs STRING NOT NULL,\
          a STRING NOT NULL,b STRING NOT NULL,config_hash_a STRING NOT NULL,\
          config_hash_b STRING NOT NULL,test STRING NOT NULL,n_a INT NOT NULL,n_b INT NOT NULL,\
          difference DOUBLE,ci_low DOUBLE,ci_high DOUBLE,ratio DOUBLE,ratio_low DOUBLE,\
          ratio_high DOUBLE,improvement DOUBLE,improvement_low DOUBLE,\
          improvement_high DOUBLE,p DOUBLE,p_adjusted DOUBLE""");

  @Test
  void theColumnsOfEachTableAreThoseOfTheFormat() {
    assertThat(
            Table.ALL.stream()
                .collect(Collectors.toMap(Table::tableName, table -> table.schema().toDDL())))
        .isEqualTo(COLUMNS);
  }
}
