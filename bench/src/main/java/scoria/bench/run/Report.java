package scoria.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/** A page that shows a run: what it was asked for, what came out, and its pictures. */
final class Report {
  private Report() {}

  static void write(RunFolder folder, Map<String, ?> settings, Map<String, ?> figures)
      throws IOException {
    String title = "Scoria: " + escaped(String.valueOf(settings.get("data")));
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>")
        .append(title)
        .append("</title>\n<style>\n")
        .append("body { font: 16px/1.5 sans-serif; max-width: 60em; margin: 2em auto; }\n")
        .append("table { border-collapse: collapse; margin: 1em 0; }\n")
        .append("td { padding: 0.1em 1.5em 0.1em 0; }\nimg { max-width: 100%; }\n")
        .append("</style>\n<h1>")
        .append(title)
        .append("</h1>\n");
    pictures()
        .forEach(
            (file, caption) -> {
              if (Files.exists(folder.file(file))) {
                page.append("<figure><img src=\"")
                    .append(file)
                    .append("\" alt=\"\"><figcaption>")
                    .append(caption)
                    .append("</figcaption></figure>\n");
              }
            });
    table(page, "Figures", figures);
    table(page, "Settings", settings);
    page.append("<p>Machine and versions: <a href=\"run.json\">run.json</a>; every step: ")
        .append("<a href=\"metrics.jsonl\">metrics.jsonl</a>.</p>\n</html>\n");
    folder.text("report.html", page.toString());
  }

  private static Map<String, String> pictures() {
    Map<String, String> pictures = new LinkedHashMap<>();
    pictures.put("samples.png", "Samples of the model");
    pictures.put("loss.png", "Loss over the steps of training");
    pictures.put("field.png", "The learned score, at noise of a quarter of the data's deviation");
    return pictures;
  }

  private static void table(StringBuilder page, String title, Map<String, ?> rows) {
    page.append("<h2>").append(title).append("</h2>\n<table>\n");
    rows.forEach(
        (name, value) ->
            page.append("<tr><td>")
                .append(escaped(name))
                .append("</td><td>")
                .append(escaped(String.valueOf(value)))
                .append("</td></tr>\n"));
    page.append("</table>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
