package dev.sluice.standalone.command;

/// Reports a count from time to time.
final class Reports {
    private static final long BETWEEN_NANOS = 1_000_000_000;

    private final Session session;
    private final String done;
    private final long began = System.nanoTime();
    private long count;
    private long reported = began;

    Reports(Session session, String done) {
        this.session = session;
        this.done = done;
    }

    void add(long more) {
        count += more;
        long now = System.nanoTime();
        if (now - reported > BETWEEN_NANOS) {
            reported = now;
            session.report(count + " records " + done + ", " + count * BETWEEN_NANOS / (now - began) + " per second");
        }
    }
}
