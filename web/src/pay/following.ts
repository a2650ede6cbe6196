import {Refusal, type Api} from '../api/client';
import type {OrderView} from '../../target/api';

/** The server sends a comment every 15 seconds; after more than two of them are missing, the stream is dead. */
export const SILENCE_MS = 40_000;
const POLL_MS = 2000;
const MAX_WAIT_MS = 8000;
/** Streams that fail one after another until only polls are tried for a while. */
const STREAMS_TRIED = 3;
const POLLS_BETWEEN = 15;
/** Past states come in one burst when a stream opens: only the newest of a burst is shown. */
const BURST_MS = 30;

export interface Followed {
    order: OrderView | null;
    /** Whether the newest state is known: `cut` while neither stream nor poll has an answer. */
    link: 'connecting' | 'live' | 'cut';
    /** Why it is not followed any more: signed out, or not the caller's order. */
    refused: Refusal | null;
}

/** Follows one order until it is ended: by its stream, by polling where there is none, again and again after sleep or a lost network. */
export class Following {
    private state: Followed = {order: null, link: 'connecting', refused: null};
    private readonly ended = new AbortController();
    private wake: () => void = () => {};
    private last = '';
    private lastHeard = 0;
    private stream = new AbortController();
    private burst: ReturnType<typeof setTimeout> | undefined;
    private newest: OrderView | null = null;

    constructor(private readonly api: Api, private readonly id: string, private readonly listen: (state: Followed) => void) {
        void this.run();
        for (const [target, event] of this.signs()) {
            target.addEventListener(event, this.look);
        }
    }

    end(): void {
        this.ended.abort();
        this.stream.abort();
        clearTimeout(this.burst);
        this.wake();
        for (const [target, event] of this.signs()) {
            target.removeEventListener(event, this.look);
        }
    }

    /** What is known from elsewhere, such as the answer to a check. */
    know(order: OrderView): void {
        this.change({order, link: 'live'});
    }

    /** Signs that the payer is back, or the network. */
    private signs(): [EventTarget, string][] {
        return [[document, 'visibilitychange'], [window, 'pageshow'], [window, 'online'], [window, 'offline']];
    }

    private readonly look = (event: Event): void => {
        if (event.type === 'offline') {
            this.stream.abort();
            this.change({link: 'cut'});
        } else if (document.visibilityState === 'visible') {
            if (Date.now() - this.lastHeard > SILENCE_MS / 2) {
                // A stream that slept through its comments may be dead without a sign of it.
                this.stream.abort();
            }
            this.wake();
            void this.poll();
        }
    };

    private async run(): Promise<void> {
        for (let failures = 0; !this.ended.signal.aborted && !this.state.refused;) {
            const streams = failures < STREAMS_TRIED || failures % POLLS_BETWEEN === 0;
            const heard = streams && await this.read();
            if (this.ended.signal.aborted || this.state.refused) {
                return;
            }
            failures = heard ? 0 : failures + 1;
            const polled = await this.poll();
            const wait = heard ? 0 : polled ? POLL_MS : Math.min(MAX_WAIT_MS, 500 * 2 ** failures);
            await this.pause(wait);
        }
    }

    /** Reads the stream until it ends, and says whether it was one. */
    private async read(): Promise<boolean> {
        this.stream = new AbortController();
        let heard = false;
        let watch: ReturnType<typeof setTimeout> | undefined;
        const listening = () => {
            this.lastHeard = Date.now();
            clearTimeout(watch);
            watch = setTimeout(() => this.stream.abort(), SILENCE_MS);
        };
        try {
            listening();
            const answer = await this.api.fetch(`/api/user/topup/${encodeURIComponent(this.id)}/events`, {
                signal: this.stream.signal,
                headers: {Accept: 'text/event-stream', ...(this.last ? {'Last-Event-ID': this.last} : {})},
            });
            if (!answer.ok || !answer.body || !answer.headers.get('Content-Type')?.startsWith('text/event-stream')) {
                return false;
            }
            const reader = answer.body.getReader();
            const decoder = new TextDecoder();
            let text = '';
            for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
                heard = true;
                listening();
                this.change({link: 'live'});
                text += decoder.decode(chunk.value, {stream: true});
                const blocks = text.split('\n\n');
                text = blocks.pop()!;
                blocks.forEach(block => this.take(block));
            }
        } catch {
            // Cut, timed out or ended: the caller decides what next.
        } finally {
            clearTimeout(watch);
        }
        return heard;
    }

    private take(block: string): void {
        const fields = new Map(block.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).replace(/^ /, '')]));
        const data = fields.get('data');
        if (data === undefined) {
            return;
        }
        this.last = fields.get('id') ?? this.last;
        const read = JSON.parse(data) as OrderView;
        const known = this.state.order;
        if ((known?.paid_at && !read.paid_at) || (known?.credited_at && !read.credited_at)) {
            return; // An older state than the one that a poll had.
        }
        this.newest = read;
        clearTimeout(this.burst);
        this.burst = setTimeout(() => this.change({order: this.newest, link: 'live'}), BURST_MS);
    }

    private async poll(): Promise<boolean> {
        try {
            const order = await this.api.get('/api/user/topup/{orderId}', {path: {orderId: this.id}, signal: this.ended.signal});
            this.change({order, link: 'live'});
            return true;
        } catch (e) {
            if (e instanceof Refusal && (e.status === 401 || e.status === 404)) {
                this.change({refused: e});
            } else if (!this.ended.signal.aborted) {
                this.change({link: 'cut'});
            }
            return false;
        }
    }

    private change(changed: Partial<Followed>): void {
        if (this.ended.signal.aborted) {
            return;
        }
        const next = {...this.state, ...changed};
        const same = next.link === this.state.link && next.refused === this.state.refused && sameOrder(next.order, this.state.order);
        this.state = next;
        if (!same) {
            this.listen(next);
        }
    }

    private pause(milliseconds: number): Promise<void> {
        return new Promise(resolve => {
            const timer = setTimeout(resolve, milliseconds);
            this.wake = () => {
                clearTimeout(timer);
                resolve();
            };
        });
    }
}

/** Whether two answers say the same of an order, whenever they were given. */
function sameOrder(a: OrderView | null, b: OrderView | null): boolean {
    return JSON.stringify({...a, now: null}) === JSON.stringify({...b, now: null});
}
