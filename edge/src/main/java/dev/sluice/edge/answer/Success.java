package dev.sluice.edge.answer;

/// The answer of `amount` and `pay`, as the front ends that this API was built for expect it: `{"message":"success","data":...}`.
public record Success<T>(String message, T data) {
    public static <T> Success<T> of(T data) {
        return new Success<>("success", data);
    }
}
