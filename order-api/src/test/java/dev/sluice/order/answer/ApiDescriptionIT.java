package dev.sluice.order.answer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springdoc.webflux.api.OpenApiWebfluxResource;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/// The description that clients are made from is what the controllers do: whoever changes an answer sees it here first.
@ExtendWith(SharedApi.class)
class ApiDescriptionIT {
    private static final Path KEPT = Path.of("src/main/resources/openapi.json");

    private final RunningApi api;

    ApiDescriptionIT(RunningApi api) {
        this.api = api;
    }

    /// After a change that is meant, the file that this leaves in `target` takes the place of the kept one.
    @Test
    void theKeptDescriptionIsWhatTheControllersDo() throws Exception {
        String made = made();
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/openapi.json"), made);

        assertThat(made).as("cp order-api/target/openapi.json order-api/src/main/resources/openapi.json").isEqualTo(Files.readString(KEPT));
    }

    @Test
    void everyoneMayReadIt() throws IOException {
        api.anybody().get().uri("/v3/api-docs").exchange().expectStatus().isOk().expectBody(String.class)
                .isEqualTo(Files.readString(KEPT));
    }

    /// The pages count down by it, whatever the clock of the payer's machine is.
    @Test
    void everyAnswerHasTheServersTime() {
        for (String path : List.of("/v3/api-docs", "/api/user/quota")) {
            api.anybody().get().uri(path).exchange().expectHeader()
                    .value(HttpHeaders.DATE, date -> assertThat(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)))
                            .isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS)));
        }
    }

    private String made() throws Exception {
        byte[] json = api.bean(OpenApiWebfluxResource.class)
                .openapiJson(MockServerHttpRequest.get("/v3/api-docs").build(), "/v3/api-docs", Locale.ENGLISH).block();
        JsonMapper mapper = JsonMapper.shared();
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(mapper.readTree(json)) + "\n";
    }
}
