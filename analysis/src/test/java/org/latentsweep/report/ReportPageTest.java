package org.latentsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"report\">(.*?)</script>", Pattern.DOTALL);

  @Test
  void holdsTheReportAsItIs() throws Exception {
    ObjectNode report = SampleReport.small();
    Matcher data = DATA.matcher(ReportPage.html(report));
    assertThat(data.find()).isTrue();
    assertThat(new ObjectMapper().readTree(data.group(1))).isEqualTo(report);
  }

  @Test
  void letsNoDataBecomeMarkup() {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("sweep", "</title><script>alert(1)</script><!-- {{own}} $1");
    String page = ReportPage.html(report);
    assertThat(page)
        .doesNotContain("<script>alert")
        .doesNotContain("<!--")
        .contains("<title>&lt;/title>&lt;script>alert(1)&lt;/script>&lt;!-- {{own}} $1</title>");
  }

  @Test
  void letsASavedPageConnectToNothing() {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    assertThat(ReportPage.html(report))
        .contains("default-src 'none'")
        .contains("connect-src 'none'")
        .doesNotContain("unsafe-")
        .doesNotContain("sourceMappingURL")
        .doesNotContainPattern("(src|href)=\"(https?:)?//");
    assertThat(ReportPage.html(report.put("live", true))).contains("connect-src 'self'");
  }
}
