package dev.sluice.log.rebuild.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Gives a schema another name in SQL: `ledger.payment` becomes `ledger_shadow.payment`. Literals, comments and the bodies of functions are
/// left alone, and so are columns and aliases.
///
/// @param from the name of the schema in the statements
/// @param to   the name that it gets
public record SchemaMapping(String from, String to) {
    /// What is skipped as a whole, or a name that may be the schema's: one with a dot behind it and none before it.
    private static final Pattern TOKEN = Pattern.compile(String.join("|", "[eE]'(?:[^'\\\\]++|\\\\.|'')*+'", "'[^']*+'", "--[^\\n]*+",
            "/\\*.*?\\*/", "\\$(?<tag>(?:[A-Za-z_]\\w*)?)\\$.*?\\$\\k<tag>\\$",
            "(?<before>\\.\\s*|:)?(?<name>\"[^\"]*+\"|[A-Za-z_][\\w$]*+)(?<dot>(?=\\s*+\\.))?"), Pattern.DOTALL);

    public SchemaMapping {
        if (!from.matches("[a-z_]+") || !to.matches("[a-z0-9_]+")) {
            throw new IllegalArgumentException("not names of schemas: " + from + ", " + to);
        }
    }

    public String apply(String sql) {
        Matcher token = TOKEN.matcher(sql);
        StringBuilder mapped = new StringBuilder(sql.length() + 64);
        int copied = 0;
        while (token.find()) {
            if (isSchema(token)) {
                mapped.append(sql, copied, token.start("name")).append(to);
                copied = token.end("name");
            }
        }
        return mapped.append(sql, copied, sql.length()).toString();
    }

    private boolean isSchema(Matcher token) {
        String name = token.group("name");
        return name != null && token.group("dot") != null && token.group("before") == null
                && (name.startsWith("\"") ? name.equals('"' + from + '"') : name.equalsIgnoreCase(from));
    }
}
