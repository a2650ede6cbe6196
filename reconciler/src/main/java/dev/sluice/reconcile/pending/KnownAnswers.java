package dev.sluice.reconcile.pending;

import java.util.regex.Pattern;

import dev.sluice.event.evidence.ProviderAnswer;

/// The provider's last answers about an order that are in the log. One that repeats them is counted, not kept.
///
/// @param query to the question whether it was paid, or how much of its payment was refunded; empty before the first
/// @param close to the close request
record KnownAnswers(String query, String close) {
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{C}");
    static final KnownAnswers NONE = new KnownAnswers("", "");

    boolean has(ProviderAnswer answer) {
        return of(answer.question()).equals(content(answer));
    }

    KnownAnswers with(ProviderAnswer answer) {
        return switch (answer.question()) {
            case QUERY, REFUNDS -> new KnownAnswers(content(answer), close);
            case CLOSE -> new KnownAnswers(query, content(answer));
            case CREATE -> this;
        };
    }

    private String of(ProviderAnswer.Question question) {
        return switch (question) {
            case QUERY, REFUNDS -> query;
            case CLOSE -> close;
            case CREATE -> "";
        };
    }

    /// As a row can have it: a provider's text may contain what PostgreSQL does not keep.
    private static String content(ProviderAnswer answer) {
        String content = answer.meaning() + " " + answer.reason();
        return UNPRINTABLE.matcher(content.substring(0, Math.min(content.length(), Limits.KNOWN_OF_AN_ANSWER))).replaceAll(" ");
    }
}
