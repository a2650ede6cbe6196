package dev.sluice.standalone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Several apps' metrics as one text of Prometheus: a family is described once, with the samples of all apps below.
final class Metrics {
    private Metrics() {}

    static String merge(List<String> texts) {
        Map<String, List<String>> described = new LinkedHashMap<>();
        Map<String, List<String>> samples = new LinkedHashMap<>();
        for (String text : texts) {
            String family = "";
            for (String line : text.lines().toList()) {
                if (line.startsWith("# HELP ") || line.startsWith("# TYPE ")) {
                    family = line.split(" ", 4)[2];
                    List<String> lines = described.computeIfAbsent(family, _ -> new ArrayList<>());
                    if (lines.stream().noneMatch(known -> known.startsWith(line.substring(0, "# HELP ".length())))) {
                        lines.add(line);
                    }
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    samples.computeIfAbsent(family, _ -> new ArrayList<>()).add(line);
                }
            }
        }
        var merged = new StringBuilder();
        samples.forEach((family, lines) -> {
            described.getOrDefault(family, List.of()).forEach(line -> merged.append(line).append('\n'));
            lines.forEach(line -> merged.append(line).append('\n'));
        });
        return merged.toString();
    }
}
