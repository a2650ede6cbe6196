/** Asks after a pause in typing, and gives out the newest answer only: one that was overtaken is dropped, however late it comes. */
export class Newest<Q, A> {
    private timer: ReturnType<typeof setTimeout> | undefined;
    private running: AbortController | undefined;

    constructor(private readonly ask: (question: Q, signal: AbortSignal) => Promise<A>, private readonly answered: (answer: A) => void,
        private readonly failed: (cause: unknown) => void, private readonly pauseMs: number) {}

    /** The first question is asked at once when `now` is true. */
    put(question: Q, now = false): void {
        this.stop();
        this.timer = setTimeout(() => void this.run(question), now ? 0 : this.pauseMs);
    }

    stop(): void {
        clearTimeout(this.timer);
        this.running?.abort();
        this.running = undefined;
    }

    private async run(question: Q): Promise<void> {
        const own = new AbortController();
        this.running = own;
        try {
            const answer = await this.ask(question, own.signal);
            if (this.running === own) {
                this.answered(answer);
            }
        } catch (e) {
            if (this.running === own && !own.signal.aborted) {
                this.failed(e);
            }
        }
    }
}
