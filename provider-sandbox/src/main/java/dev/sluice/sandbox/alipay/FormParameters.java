package dev.sluice.sandbox.alipay;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Parameters in `application/x-www-form-urlencoded`, each decoded exactly once.
final class FormParameters {
    private FormParameters() {}

    /// Reads query and form as one set; empty if a name comes twice or an escape is broken, since then two readers could differ.
    static Optional<Map<String, String>> read(String query, String form) {
        Map<String, String> parameters = new HashMap<>();
        try {
            for (String pair : (query + "&" + form).split("&", -1)) {
                String[] parts = pair.split("=", 2);
                String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8);
                if (!pair.isBlank() && parameters.putIfAbsent(URLDecoder.decode(parts[0], UTF_8), value) != null) {
                    return Optional.empty();
                }
            }
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
        return Optional.of(parameters);
    }

    static String write(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> URLEncoder.encode(parameter.getKey(), UTF_8) + "=" + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }
}
