package dev.sluice.sandbox.mischief;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.sandbox.RawBody;

/// Switches mischief on and off. Each accepted call is answered with everything that is on; refusals are 400 or 409 with a [MischiefError].
@RestController
@RequestMapping("/sandbox/mischief")
final class MischiefController {
    /// As long as Alipay allows.
    static final int MAX_NUMBER_LENGTH = 64;

    private static final Logger LOG = LoggerFactory.getLogger(MischiefController.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Mischiefs mischiefs;

    MischiefController(Mischiefs mischiefs) {
        this.mischiefs = mischiefs;
    }

    @GetMapping
    ResponseEntity<Object> show() {
        return ResponseEntity.ok(mischiefs.overview());
    }

    @PutMapping
    ResponseEntity<Object> forAll(ServerHttpRequest request) {
        Optional<Set<Mischief>> mischief = read(RawBody.read(request));
        if (mischief.isEmpty()) {
            return refused(HttpStatus.BAD_REQUEST, MischiefError.unknown());
        }
        LOG.info("- mischief for all orders: {}", mischief.get());
        mischiefs.forAll(mischief.get());
        return show();
    }

    @PutMapping("/{number}")
    ResponseEntity<Object> forOrder(@PathVariable("number") String number, ServerHttpRequest request) {
        Optional<Set<Mischief>> mischief = read(RawBody.read(request));
        if (mischief.isEmpty()) {
            return refused(HttpStatus.BAD_REQUEST, MischiefError.unknown());
        }
        if (number.length() > MAX_NUMBER_LENGTH || number.isBlank()) {
            return refused(HttpStatus.BAD_REQUEST, MischiefError.noNumber());
        }
        if (!mischiefs.forOrder(number, mischief.get())) {
            return refused(HttpStatus.CONFLICT, MischiefError.tooManyOrders());
        }
        LOG.info("- mischief for one order: {}", mischief.get());
        return show();
    }

    /// Ends all mischief, that of single orders too.
    @DeleteMapping
    ResponseEntity<Object> forgetAll() {
        LOG.info("- no mischief any more");
        mischiefs.forgetAll();
        return show();
    }

    @DeleteMapping("/{number}")
    ResponseEntity<Object> forgetOrder(@PathVariable("number") String number) {
        mischiefs.forgetOrder(number);
        return show();
    }

    private static Optional<Set<Mischief>> read(byte[] body) {
        Set<Mischief> mischief = EnumSet.noneOf(Mischief.class);
        try {
            JsonNode names = JSON.readTree(body);
            for (JsonNode name : names) {
                Optional<Mischief> known = name.isString() ? Mischief.named(name.stringValue()) : Optional.empty();
                if (known.isEmpty()) {
                    return Optional.empty();
                }
                mischief.add(known.get());
            }
            return names.isArray() ? Optional.of(mischief) : Optional.empty();
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    private static ResponseEntity<Object> refused(HttpStatus status, MischiefError error) {
        return ResponseEntity.status(status).body(error);
    }
}
