package dev.sluice.standalone;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MetricsTest {
    @Test
    void describesAFamilyOnceAndKeepsEverySample() {
        String one = "# HELP up It is up\n# TYPE up gauge\nup{application=\"a\"} 1\n# TYPE only counter\nonly{application=\"a\"} 2\n";
        String other = "# HELP up It is up\n# TYPE up gauge\nup{application=\"b\"} 0\n";

        assertThat(Metrics.merge(List.of(one, other)))
                .isEqualTo(
                        "# HELP up It is up\n# TYPE up gauge\nup{application=\"a\"} 1\nup{application=\"b\"} 0\n# TYPE only counter\nonly{application=\"a\"} 2\n");
    }
}
