package org.latentsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.cell.MetricNames;
import org.latentsweep.figure.Figures;

/** The page's scripts and the charts spell names of metrics out, which must be those measured. */
class PageMetricNamesTest {
  /** A choice of a metric in a script, or any text that is named like a divergence. */
  private static final Pattern NAME =
      Pattern.compile("metric: \"([a-z_]+)\"|\\b(kl_[a-z_]+|js_[a-z_]+)\\b");

  private static final Set<String> MEASURED = MetricNames.of("eight-gaussians");

  private static Set<String> names(Class<?> beside, String resource) throws IOException {
    Set<String> names = new TreeSet<>();
    try (InputStream in = beside.getResourceAsStream(resource)) {
      Matcher name = NAME.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      while (name.find()) {
        names.add(name.group(1) == null ? name.group(2) : name.group(1));
      }
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"page.js", "table.js", "clouds.js", "figures.js"})
  void scriptsNameMetricsThatAreMeasured(String script) throws IOException {
    assertThat(MEASURED).containsAll(names(ReportPage.class, script));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "history",
        "kl-by-latent-dimension",
        "kl-by-step",
        "mode-weights",
        "outcomes",
        "seed-spread",
        "training-time"
      })
  void chartsNameMetricsThatAreMeasured(String kind) throws IOException {
    assertThat(MEASURED).containsAll(names(Figures.class, kind + ".vl.json"));
  }
}
