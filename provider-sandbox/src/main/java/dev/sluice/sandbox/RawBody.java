package dev.sluice.sandbox;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ContentTooLargeException;

/// Reads a request's body as bytes, whatever its content type: WebFlux keeps forms from a `@RequestBody`, and clients mislabel.
public final class RawBody {
    /// Of any request; real ones have a few kilobytes.
    static final int MAX_BYTES = 64 * 1024;

    private RawBody() {}

    /// Waits for the whole body, so only to be called on a virtual thread. An oversized body ends the request with 413.
    public static byte[] read(ServerHttpRequest request) {
        try {
            byte[] body = DataBufferUtils.join(request.getBody(), MAX_BYTES).map(RawBody::take).block();
            return body == null ? new byte[0] : body;
        } catch (DataBufferLimitException tooLarge) {
            throw new ContentTooLargeException(tooLarge);
        }
    }

    private static byte[] take(DataBuffer buffer) {
        try {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }
}
