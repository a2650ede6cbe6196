package dev.sluice.log.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/// What each app's login may do at Kafka: the table `kafka-acl.txt`, which `docker-compose.yml` uses too.
public final class AccessTable {
    private static final String FILE = "/kafka-acl.txt";
    private static final String PRINCIPAL = "User:";
    private static final String ANY_HOST = "*";
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final Set<AclBinding> bindings;

    private AccessTable(Set<AclBinding> bindings) {
        this.bindings = Set.copyOf(bindings);
    }

    /// The table that this version ships.
    public static AccessTable shipped() {
        try (InputStream in = AccessTable.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing on the class path");
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param text lines of logins, resource type, name and operations; commas separate several, `#` begins a comment
    /// @throws IllegalArgumentException when a line is no such thing
    static AccessTable of(String text) {
        return new AccessTable(text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).flatMap(AccessTable::line)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    private static Stream<AclBinding> line(String line) {
        List<String> columns = List.of(line.split(" +"));
        if (columns.size() != 4) {
            throw new IllegalArgumentException("not logins, type, name and operations: " + line);
        }
        boolean prefix = columns.get(2).endsWith("*");
        var pattern = new ResourcePattern(ResourceType.fromString(columns.get(1)), columns.get(2).replace("*", ""),
                prefix ? PatternType.PREFIXED : PatternType.LITERAL);
        return Stream.of(columns.get(0).split(",")).flatMap(login -> Stream.of(columns.get(3).split(",")).map(operation -> {
            var entry = new AccessControlEntry(PRINCIPAL + login, ANY_HOST, operation(operation), AclPermissionType.ALLOW);
            return new AclBinding(pattern, entry);
        }));
    }

    private static AclOperation operation(String name) {
        return Stream.of(AclOperation.values()).filter(operation -> operation.name().replace("_", "").equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no operation of Kafka: " + name));
    }

    /// The logins that it names.
    public Set<String> logins() {
        return bindings.stream().map(binding -> binding.entry().principal().substring(PRINCIPAL.length())).collect(Collectors.toSet());
    }

    /// All of it, as Kafka has it.
    public Set<AclBinding> bindings() {
        return bindings;
    }

    /// Makes the broker's access rights this table: adds what is missing and removes all others.
    ///
    /// @throws IllegalStateException when the broker does not do it
    public void apply(Admin admin) {
        try {
            Set<AclBinding> present = new HashSet<>(
                    admin.describeAcls(AclBindingFilter.ANY).values().get(WITHIN.toMillis(), TimeUnit.MILLISECONDS));
            Set<AclBinding> missing = new HashSet<>(bindings);
            missing.removeAll(present);
            present.removeAll(bindings);
            admin.createAcls(missing).all().get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            admin.deleteAcls(present.stream().map(AclBinding::toFilter).toList()).all().get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not take the access rights: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the access rights are set", e);
        }
    }
}
