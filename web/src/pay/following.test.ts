// @vitest-environment happy-dom
import {afterEach, beforeEach, expect, test, vi} from 'vitest';

import {Api} from '../api/client';
import type {OrderView} from '../../target/api';
import {Following, SILENCE_MS, type Followed} from './following';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
    following?.end();
    vi.useRealTimers();
    vi.unstubAllGlobals();
});

let following: Following | undefined;
const order = (status: string, more: object = {}) => ({order_id: 'O', status, paid_at: null, credited_at: null, ...more}) as unknown as OrderView;
const event = (id: number, of: OrderView) => `id:${id}\nevent:progress\ndata:${JSON.stringify(of)}\n\n`;

/** A server whose streams are written by the test, and whose polls answer `now`. */
class Server {
    now: OrderView | 'cut' = order('AWAITING_PAYMENT');
    streams: {lastId: string | null; write: (text: string) => void; cut: () => void}[] = [];
    refusing = 0;

    constructor() {
        vi.stubGlobal('fetch', vi.fn((address: string, init: RequestInit) => address.endsWith('/events') ? this.stream(init) : this.poll()));
    }

    private async stream(init: RequestInit): Promise<Response> {
        if (this.now === 'cut') {
            throw new TypeError('Failed to fetch');
        }
        if (this.refusing > 0) {
            this.refusing--;
            return new Response('{"message":"error","data":"","code":"TOO_MANY_STREAMS"}', {status: 429});
        }
        let body!: ReadableStreamDefaultController<Uint8Array>;
        const stream = new ReadableStream<Uint8Array>({start: controller => void (body = controller)});
        init.signal?.addEventListener('abort', () => body.error(new DOMException('', 'AbortError')));
        this.streams.push({
            lastId: new Headers(init.headers).get('Last-Event-ID'),
            write: text => body.enqueue(new TextEncoder().encode(text)),
            cut: () => body.error(new TypeError('network error')),
        });
        return new Response(stream, {headers: {'Content-Type': 'text/event-stream'}});
    }

    private async poll(): Promise<Response> {
        if (this.now === 'cut') {
            throw new TypeError('Failed to fetch');
        }
        return new Response(JSON.stringify({success: true, message: '', data: this.now}));
    }
}

async function follow(): Promise<{server: Server; seen: Followed[]}> {
    const server = new Server();
    const seen: Followed[] = [];
    following = new Following(new Api('', () => 'en'), 'O', state => seen.push(state));
    await vi.advanceTimersByTimeAsync(0);
    return {server, seen};
}

test('of the states that a new stream repeats only the newest is shown', async () => {
    const {server, seen} = await follow();
    server.streams[0]!.write(event(1, order('NEW')) + event(2, order('AWAITING_PAYMENT')));
    server.streams[0]!.write(event(3, order('PAID')));
    await vi.advanceTimersByTimeAsync(50);
    expect(seen.map(state => state.order?.status).filter(Boolean)).toEqual(['PAID']);
});

test('a cut stream goes on after the last event that was read', async () => {
    const {server, seen} = await follow();
    server.streams[0]!.write(event(2, order('AWAITING_PAYMENT')));
    await vi.advanceTimersByTimeAsync(50);
    server.streams[0]!.cut();
    await vi.advanceTimersByTimeAsync(100);
    expect(server.streams[1]!.lastId).toBe('2');
    server.streams[1]!.write(event(3, order('PAID')));
    await vi.advanceTimersByTimeAsync(50);
    expect(seen.at(-1)!.order!.status).toBe('PAID');
});

test('a lost network is said, and its return too', async () => {
    const {server, seen} = await follow();
    server.streams[0]!.write(':\n\n');
    await vi.advanceTimersByTimeAsync(50);
    server.now = 'cut';
    server.streams[0]!.cut();
    await vi.advanceTimersByTimeAsync(5000);
    expect(seen.at(-1)!.link).toBe('cut');
    server.now = order('CREDITED');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seen.at(-1)).toMatchObject({link: 'live', order: {status: 'CREDITED'}});
});

test('without a stream it polls, and says nothing of it', async () => {
    const {server, seen} = await follow();
    server.refusing = 100;
    server.streams[0]!.cut();
    await vi.advanceTimersByTimeAsync(5000);
    server.now = order('PAID');
    await vi.advanceTimersByTimeAsync(2500);
    expect(seen.at(-1)).toMatchObject({link: 'live', order: {status: 'PAID'}});
    expect(seen.some(state => state.link === 'cut')).toBe(false);
});

test('a stream that sends not even comments is given up', async () => {
    const {server} = await follow();
    await vi.advanceTimersByTimeAsync(SILENCE_MS + 3000);
    expect(server.streams.length).toBeGreaterThan(1);
});

test('an older state from the stream does not undo a newer one', async () => {
    const {server, seen} = await follow();
    following!.know(order('PAID', {paid_at: '2026-11-30T01:40:00Z'}));
    server.streams[0]!.write(event(2, order('AWAITING_PAYMENT')));
    await vi.advanceTimersByTimeAsync(50);
    expect(seen.at(-1)!.order!.status).toBe('PAID');
});

test('it asks at once when the payer comes back', async () => {
    const {server, seen} = await follow();
    server.streams[0]!.write(':\n\n');
    await vi.advanceTimersByTimeAsync(50);
    server.now = order('CREDITED', {credited_at: '2026-11-30T01:40:00Z'});
    window.dispatchEvent(new Event('pageshow'));
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.at(-1)!.order!.status).toBe('CREDITED');
});
