package org.latentsweep.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VariantsTest {
  private static Map<String, String> of(String... configs) {
    return Variants.of(
        Stream.of(configs).collect(Collectors.toMap(config -> config, FlatConfig::of)));
  }

  @Test
  void namesWhatDiffersAndNothingElse() {
    String narrow =
        "{'target': 'spiral', 'latent_dim': 1, 'seed': 3, 'batch': 64, 'noise': 'normal',"
            + " 'generator': {'widths': [32, 32], 'slope': 0.2}}";
    String wide =
        "{'target': 'spiral', 'latent_dim': 2, 'seed': 4, 'batch': 256, 'noise': 'normal',"
            + " 'generator': {'widths': [32, 32], 'slope': 0}}";
    narrow = narrow.replace('\'', '"');
    wide = wide.replace('\'', '"');
    assertThat(of(narrow, wide))
        .containsEntry(narrow, "batch = 64, generator.slope = 0.2")
        .containsEntry(wide, "batch = 256, generator.slope = 0");
  }

  @Test
  void isEmptyWhereOnlyTheLatentDimensionDiffers() {
    assertThat(of("{\"latent_dim\": 1, \"batch\": 64}", "{\"latent_dim\": 2, \"batch\": 64}"))
        .hasSize(2)
        .allSatisfy((config, variant) -> assertThat(variant).isEmpty());
    assertThat(of("{\"batch\": 64}")).containsValue("");
  }

  @Test
  void sortsNumbersByTheirValues() {
    List<String> sorted =
        List.of(
            "",
            "batch = 64, rate = 2.0E-4",
            "batch = 64, rate = 0.001",
            "batch = 64, rate = 0.01",
            "batch = 64, widths = [32,32]",
            "batch = 64, widths = [32,128]",
            "batch = 64, widths = [128]",
            "batch = 256, rate = 0.001",
            "noise = normal",
            "noise = uniform(-1,1)");
    assertThat(sorted.stream().sorted(Variants.ORDER.reversed()).sorted(Variants.ORDER))
        .containsExactlyElementsOf(sorted);
  }
}
