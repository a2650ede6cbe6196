package dev.sluice.provider;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReplaceableConnectionTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void closesTheOneThatIsReplaced() {
        var replaceable = new ReplaceableConnection();
        var first = Optional.of(open("first"));

        assertThat(replaceable.replaceBy(first)).isSameAs(first);
        assertThat(closed).isEmpty();
        replaceable.replaceBy(Optional.of(open("second")));
        assertThat(closed).containsExactly("first");
        replaceable.replaceBy(Optional.empty());
        assertThat(closed).containsExactly("first", "second");
    }

    private ProviderConnection open(String name) {
        return (ProviderConnection) Proxy.newProxyInstance(ProviderConnection.class.getClassLoader(),
                new Class<?>[]{ProviderConnection.class},
                (_, method, _) -> {
                    closed.add(name);
                    assertThat(method.getName()).isEqualTo("close");
                    return null;
                });
    }
}
