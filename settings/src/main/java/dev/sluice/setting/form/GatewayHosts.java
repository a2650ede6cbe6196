package dev.sluice.setting.form;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The hosts beside the providers' own that the environment allows apps to call, for trials.
///
/// @param hosts in lower case
public record GatewayHosts(Set<String> hosts) {
    private static final Pattern HOST = Pattern.compile("[a-z0-9.-]+|\\[[0-9a-f:.]+]");

    /// Reads `SLUICE_GATEWAY_HOSTS`; nothing when an entry is no host.
    ///
    /// @param list hosts separated by commas, without schemes and ports; blank for none
    public static Optional<GatewayHosts> of(String list) {
        List<String> all = Stream.of(list.split(",")).map(String::strip).filter(host -> !host.isEmpty())
                .map(host -> host.toLowerCase(Locale.ROOT)).toList();
        return all.stream().allMatch(HOST.asMatchPredicate())
                ? Optional.of(new GatewayHosts(all.stream().collect(Collectors.toUnmodifiableSet())))
                : Optional.empty();
    }

    /// Whether the environment allows the host.
    public boolean contains(String host) {
        return hosts.contains(host.toLowerCase(Locale.ROOT));
    }
}
