package dev.sluice.sandbox;

import java.util.Map;

import org.springframework.core.ResolvableType;
import org.springframework.core.codec.ByteArrayDecoder;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ContentTooLargeException;

/// Reads a request's body as bytes, whatever its content type: WebFlux keeps forms from a `@RequestBody`, and clients mislabel.
public final class RawBody {
    /// Of any request; real ones have a few kilobytes.
    static final int MAX_BYTES = 64 * 1024;

    private static final ResolvableType BYTES = ResolvableType.forClass(byte[].class);

    private RawBody() {}

    /// Waits for the whole body, so only to be called on a virtual thread. An oversized body ends the request with 413.
    public static byte[] read(ServerHttpRequest request) {
        var decoder = new ByteArrayDecoder();
        decoder.setMaxInMemorySize(MAX_BYTES);
        try {
            byte[] body = decoder.decodeToMono(request.getBody(), BYTES, null, Map.of()).block();
            return body == null ? new byte[0] : body;
        } catch (DataBufferLimitException tooLarge) {
            throw new ContentTooLargeException(tooLarge);
        }
    }
}
