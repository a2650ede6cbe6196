package dev.sluice.edge.answer;

/// The answer of the routes that show or do something: `{"success":true,"message":"","data":...}`.
public record Shown<T>(boolean success, String message, T data) {
    public static <T> Shown<T> of(T data) {
        return new Shown<>(true, "", data);
    }
}
