package org.latentsweep.cell;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Locale;

/**
 * Writes numbers for labels and captions, with at most three significant digits: 0.0123, 12.3,
 * 1.2e-5.
 */
public final class ShortNumbers extends NumberFormat {
  private static final long serialVersionUID = 1L;

  /** Returns the text of a number. */
  public static String of(double number) {
    if (Double.isInfinite(number)) {
      return number > 0 ? "infinite" : "-infinite";
    }
    double size = Math.abs(number);
    if (number != 0 && (size < 1e-3 || size >= 1e5)) {
      return String.format(Locale.ROOT, "%.1e", number)
          .replaceFirst("[.]0e", "e")
          .replaceFirst("e([+-])0", "e$1")
          .replace("e+", "e");
    }
    int decimals = size >= 100 || number == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    if (size > 0 && size < 0.1) {
      decimals = 4;
    }
    String text = String.format(Locale.ROOT, "%." + decimals + "f", number);
    return text.contains(".") ? text.replaceFirst("0+$", "").replaceFirst("[.]$", "") : text;
  }

  @Override
  public StringBuffer format(double number, StringBuffer onto, FieldPosition position) {
    return onto.append(of(number));
  }

  @Override
  public StringBuffer format(long number, StringBuffer onto, FieldPosition position) {
    return onto.append(of(number));
  }

  @Override
  public Number parse(String text, ParsePosition position) {
    throw new UnsupportedOperationException("labels are only written");
  }
}
