import {afterEach, beforeEach, expect, test, vi} from 'vitest';

import {Api, Refusal, Unreachable} from '../api/client';
import {Keys, place, TRIES} from './placing';

const MINUTES_30 = 30 * 60_000;
const purchase = {amount: 10, method: 'wechat'};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
});

class Memory {
    private readonly values = new Map<string, string>();
    getItem = (name: string) => this.values.get(name) ?? null;
    setItem = (name: string, value: string) => void this.values.set(name, value);
}

/** Answers in turn; records the keys that were sent. */
function server(...answers: (object | 'cut')[]): string[] {
    const keys: string[] = [];
    vi.stubGlobal('fetch', vi.fn(async (_: string, init: RequestInit) => {
        keys.push(new Headers(init.headers).get('Idempotency-Key')!);
        const answer = answers[keys.length - 1] ?? answers.at(-1)!;
        if (answer === 'cut') {
            throw new TypeError('Failed to fetch');
        }
        return new Response(JSON.stringify(answer), {status: 'code' in answer ? 503 : 200});
    }));
    return keys;
}

const placed = {message: 'success', data: {order_id: 'ORDER'}};
const busy = {message: 'error', data: '系统繁忙', code: 'UNAVAILABLE'};
const ended = {message: 'error', data: '订单已结束', code: 'ORDER_ENDED'};

test('a lost answer is asked again with the same key', async () => {
    const keys = server('cut', busy, placed);
    const tries: number[] = [];
    const result = place(new Api('', () => 'en'), new Keys(new Memory(), MINUTES_30), purchase, attempt => tries.push(attempt));
    await vi.runAllTimersAsync();
    expect(await result).toEqual({order_id: 'ORDER'});
    expect(new Set(keys).size).toBe(1);
    expect(tries).toEqual([2, 3]);
});

test('two tabs, a reload and the way back have one key; another purchase has its own', () => {
    const store = new Memory();
    const first = new Keys(store, MINUTES_30).of(purchase);
    expect(new Keys(store, MINUTES_30).of(purchase)).toBe(first);
    expect(new Keys(store, MINUTES_30).of({...purchase, amount: 20})).not.toBe(first);
    expect(new Keys(store, MINUTES_30).of({...purchase, method: 'alipay'})).not.toBe(first);
});

test('an ended order has a new key, once', async () => {
    const keys = server(ended, placed);
    await place(new Api('', () => 'en'), new Keys(new Memory(), MINUTES_30), purchase);
    expect(keys).toHaveLength(2);
    expect(keys[0]).not.toBe(keys[1]);
    server(ended);
    await expect(place(new Api('', () => 'en'), new Keys(new Memory(), MINUTES_30), purchase)).rejects.toBeInstanceOf(Refusal);
});

test('it gives up after a few tries, and keeps the key', async () => {
    const sent = server('cut');
    const keys = new Keys(null, MINUTES_30);
    const result = expect(place(new Api('', () => 'en'), keys, purchase)).rejects.toBeInstanceOf(Unreachable);
    await vi.runAllTimersAsync();
    await result;
    expect(sent).toHaveLength(TRIES);
    expect(keys.known(purchase)).toBe(sent[0]);
});

test('a key lives as long as its order may be paid', () => {
    const keys = new Keys(new Memory(), MINUTES_30);
    const first = keys.of(purchase);
    vi.advanceTimersByTime(MINUTES_30);
    expect(keys.known(purchase)).toBeNull();
    expect(keys.of(purchase)).not.toBe(first);
});
