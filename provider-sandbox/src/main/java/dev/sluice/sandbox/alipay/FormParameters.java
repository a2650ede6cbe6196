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
        for (String pair : (query + "&" + form).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (pair.isBlank()) {
                continue;
            }
            try {
                String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), UTF_8);
                String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), UTF_8);
                if (parameters.putIfAbsent(name, value) != null) {
                    return Optional.empty();
                }
            } catch (IllegalArgumentException brokenEscape) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    static String write(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> URLEncoder.encode(parameter.getKey(), UTF_8) + "=" + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }
}
