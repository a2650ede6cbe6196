package dev.sluice.sandbox.fault;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.sandbox.RawBody;

/// Switches faults on and off. The response to each accepted call shows all that are on; refusals are 400 or 409 with a [Refusal].
@RestController
@RequestMapping("/sandbox/faults")
record FaultController(FaultInjection injection) {
    /// As long as Alipay allows.
    static final int MAX_NUMBER_LENGTH = 64;

    private static final Logger LOG = LoggerFactory.getLogger(FaultController.class);
    private static final URI PAGE = URI.create("/wallet#faults");
    private static final JsonMapper JSON = JsonMapper.builder().enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS).build();

    @GetMapping
    ResponseEntity<Object> show() {
        return ResponseEntity.ok(injection.overview());
    }

    /// Sets the faults of one order, or of all without a number.
    @PutMapping({"", "/{number}"})
    ResponseEntity<Object> set(@PathVariable(name = "number", required = false) @Nullable String number, ServerHttpRequest request) {
        Optional<List<Fault>> faults = read(RawBody.read(request));
        if (faults.isEmpty()) {
            return refused(HttpStatus.BAD_REQUEST, "UNKNOWN_FAULT",
                    "Send a JSON array of these names, as strings: " + List.of(Fault.values()));
        }
        if (number == null) {
            injection.setForAll(faults.get());
        } else if (number.length() > MAX_NUMBER_LENGTH || number.isBlank()) {
            return refused(HttpStatus.BAD_REQUEST, "NO_ORDER_NUMBER", "A merchant's number has 1 to " + MAX_NUMBER_LENGTH + " characters");
        } else if (!injection.setForOrder(number, faults.get())) {
            return refused(HttpStatus.CONFLICT, "TOO_MANY_ORDERS",
                    FaultInjection.MAX_ORDERS + " orders have sets of their own already; DELETE some");
        }
        LOG.info("- faults for {}: {}", number == null ? "all orders" : "one order", faults.get());
        return show();
    }

    /// Resets one order, or without a number all, those with sets of their own too.
    @DeleteMapping({"", "/{number}"})
    ResponseEntity<Object> reset(@PathVariable(name = "number", required = false) @Nullable String number) {
        if (number == null) {
            LOG.info("- faults reset");
            injection.resetAll();
        } else {
            injection.resetOrder(number);
        }
        return show();
    }

    /// Sets the faults of all orders by the form of a page whose browser runs no scripts, or resets everything; shows that page again.
    /// Fields: `fault`, once for each that is on from now on, or `end`.
    @PostMapping(consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Object> submit(ServerHttpRequest request) {
        byte[] form = RawBody.read(request);
        if (!RawBody.formValues(form, "end").isEmpty()) {
            reset(null);
        } else {
            Optional<List<Fault>> faults = read(JSON.writeValueAsBytes(RawBody.formValues(form, "fault")));
            if (faults.isEmpty()) {
                return refused(HttpStatus.BAD_REQUEST, "UNKNOWN_FAULT", "Send fields `fault` with these names: " + List.of(Fault.values()));
            }
            injection.setForAll(faults.get());
            LOG.info("- faults for all orders: {}", faults.get());
        }
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(PAGE).build();
    }

    private static Optional<List<Fault>> read(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readValue(body, Fault[].class)).map(Arrays::asList).filter(faults -> !faults.contains(null));
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    private static ResponseEntity<Object> refused(HttpStatus status, String code, String message) {
        return ResponseEntity.status(status).body(new Refusal(code, message));
    }

    private record Refusal(String code, String message) {}
}
