package dev.sluice.standalone.command;

import java.io.PrintWriter;
import java.util.Map;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// What a command runs with.
///
/// @param environment as for the server
record Session(Map<String, String> environment, PrintWriter out, PrintWriter err) {
    private static final JsonMapper MAPPER = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

    Servers servers() {
        return Servers.open(environment);
    }

    /// Prints a result: as one line of JSON, or as text.
    void answer(boolean json, Object result, String text) {
        out.println(json ? MAPPER.writeValueAsString(result) : text.stripTrailing());
        out.flush();
    }

    void report(String line) {
        err.println(line);
        err.flush();
    }

    /// Without the environment, which has passwords.
    @Override
    public String toString() {
        return "Session";
    }
}
