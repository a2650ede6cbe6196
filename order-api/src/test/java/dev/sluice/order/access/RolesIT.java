package dev.sluice.order.access;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

import dev.sluice.order.Client;
import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;

import static org.assertj.core.api.Assertions.assertThat;

/// What each role may do: no role implies another.
@ExtendWith(SharedApi.class)
class RolesIT {
    private static final int FORBIDDEN = 403;
    private final RunningApi api;

    RolesIT(RunningApi api) {
        this.api = api;
    }

    @Test
    void operatorsActAndReadAndDoNotSet() {
        Client operator = api.operator();

        assertThat(status(operator, HttpMethod.GET, "/api/topup")).isEqualTo(200);
        assertThat(status(operator, HttpMethod.POST, "/api/topup/NONE/check")).isEqualTo(404);
        for (String path : List.of("/api/option", "/api/option/audit")) {
            assertThat(status(operator, HttpMethod.GET, path)).isEqualTo(FORBIDDEN);
        }
        assertThat(status(operator, HttpMethod.PUT, "/api/option")).isEqualTo(FORBIDDEN);
        assertThat(status(operator, HttpMethod.POST, "/api/option/doctor")).isEqualTo(FORBIDDEN);
    }

    @Test
    void adminsSetAndDoNotAct() {
        Client admin = api.admin();

        assertThat(status(admin, HttpMethod.GET, "/api/option")).isEqualTo(200);
        assertThat(status(admin, HttpMethod.GET, "/api/topup")).isEqualTo(FORBIDDEN);
        for (String act : List.of("check", "cancel", "resolve")) {
            assertThat(status(admin, HttpMethod.POST, "/api/topup/NONE/" + act)).isEqualTo(FORBIDDEN);
        }
    }

    @Test
    void auditorsOnlyReadOrders() {
        Client auditor = api.withRole(RunningApi.OPERATOR, "auditor");

        assertThat(status(auditor, HttpMethod.GET, "/api/topup")).isEqualTo(200);
        assertThat(status(auditor, HttpMethod.GET, "/api/topup/holds")).isEqualTo(200);
        assertThat(status(auditor, HttpMethod.GET, "/api/topup/NONE/timeline")).isEqualTo(404);
        assertThat(status(auditor, HttpMethod.POST, "/api/topup/NONE/check")).isEqualTo(FORBIDDEN);
        assertThat(status(auditor, HttpMethod.GET, "/api/option")).isEqualTo(FORBIDDEN);
    }

    @Test
    void anotherValueIsNoRole() {
        for (String role : List.of("user", "Operator", "root", "operator ", "")) {
            assertThat(status(api.withRole(2, role), HttpMethod.GET, "/api/topup")).as(role).isEqualTo(FORBIDDEN);
            assertThat(status(api.withRole(2, role), HttpMethod.GET, "/api/option")).as(role).isEqualTo(FORBIDDEN);
        }
    }

    private static int status(Client client, HttpMethod method, String path) {
        return client.http().method(method).uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(Map.of("reason", "a test"))
                .exchange()
                .returnResult(Void.class).getStatus().value();
    }
}
