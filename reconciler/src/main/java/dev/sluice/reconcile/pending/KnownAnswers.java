package dev.sluice.reconcile.pending;

import dev.sluice.event.evidence.ProviderAnswer;

/// The provider's last answers about an order that are in the log. One that repeats them is counted, not kept.
///
/// @param query to the question whether it was paid; empty before the first
/// @param close to the close request
record KnownAnswers(String query, String close) {
    static final KnownAnswers NONE = new KnownAnswers("", "");

    boolean has(ProviderAnswer answer) {
        return of(answer.question()).equals(content(answer));
    }

    KnownAnswers with(ProviderAnswer answer) {
        return switch (answer.question()) {
            case QUERY -> new KnownAnswers(content(answer), close);
            case CLOSE -> new KnownAnswers(query, content(answer));
            case CREATE, REFUNDS -> this;
        };
    }

    private String of(ProviderAnswer.Question question) {
        return switch (question) {
            case QUERY -> query;
            case CLOSE -> close;
            case CREATE, REFUNDS -> "";
        };
    }

    private static String content(ProviderAnswer answer) {
        String content = answer.meaning() + " " + answer.reason();
        return content.substring(0, Math.min(content.length(), Limits.KNOWN_OF_AN_ANSWER));
    }
}
