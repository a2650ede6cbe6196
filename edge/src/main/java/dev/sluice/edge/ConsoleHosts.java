package dev.sluice.edge;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// The host names under which the operators' console is served, by default those of this machine for itself: under the public name, the
/// console does not exist.
public final class ConsoleHosts {
    /// The environment variable that lists them.
    public static final String VARIABLE = "SLUICE_CONSOLE_HOSTS";
    /// Its value when it is not set.
    public static final String THIS_MACHINE = "localhost,127.0.0.1,[::1]";

    private static final Pattern NAME = Pattern.compile("\\[[0-9a-f:.]{2,45}]|[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?");
    private static final int LONGEST_QUOTE = 80;

    private final List<String> names;

    private ConsoleHosts(List<String> names) {
        this.names = names;
    }

    /// Reads host names, separated by commas; an empty text lists those of this machine.
    ///
    /// @throws IllegalArgumentException with one line that names the remedy
    public static ConsoleHosts of(String text) {
        String list = text.isBlank() ? THIS_MACHINE : text;
        return new ConsoleHosts(Arrays.stream(list.split(",", -1)).map(String::strip).map(ConsoleHosts::name).toList());
    }

    /// Whether a request came to one of them.
    ///
    /// @param host its header `Host`
    public boolean admit(@Nullable String host) {
        return names.contains(HostName.of(host));
    }

    private static String name(String entry) {
        String name = entry.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            String quoted = entry.length() <= LONGEST_QUOTE ? entry : entry.substring(0, LONGEST_QUOTE) + "…";
            throw new IllegalArgumentException(VARIABLE + " is wrong at \"" + quoted
                    + "\": set it to the host names under which the console"
                    + " is served, without scheme and port, separated by commas, for example console.example.com,127.0.0.1; or take it"
                    + " away");
        }
        return name;
    }
}
