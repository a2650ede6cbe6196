import {afterEach, beforeEach, expect, test, vi} from 'vitest';

import type {AmountPrice} from '../../target/api';
import {PAUSE_MS, Prices, typedAmount, type Price} from './prices';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const priced = (amount: number) => ({amount, money: `${amount}.00`}) as AmountPrice;

test('the newest answer wins, also when an older one comes later', async () => {
    const answers: ((price: AmountPrice) => void)[] = [];
    const seen: Price[] = [];
    const prices = new Prices(() => new Promise(resolve => answers.push(resolve)), price => seen.push(price));
    prices.choose(1, 'wechat', false);
    await vi.advanceTimersByTimeAsync(0);
    prices.choose(12, 'wechat', false);
    await vi.advanceTimersByTimeAsync(0);
    answers[1]!(priced(12));
    answers[0]!(priced(1));
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.filter(price => price.state === 'known')).toEqual([{state: 'known', price: priced(12)}]);
});

test('while somebody types nothing is asked, and the last price is an old one', async () => {
    const asked: number[] = [];
    const seen: Price[] = [];
    const prices = new Prices(async amount => (asked.push(amount), priced(amount)), price => seen.push(price));
    prices.choose(10, 'wechat', false);
    await vi.advanceTimersByTimeAsync(0);
    for (const amount of [2, 25, 250]) {
        prices.choose(amount, 'wechat', true);
        await vi.advanceTimersByTimeAsync(PAUSE_MS - 1);
    }
    expect(asked).toEqual([10]);
    expect(seen.at(-1)).toEqual({state: 'asking', last: priced(10)});
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toEqual([10, 250]);
    expect(seen.at(-1)).toEqual({state: 'known', price: priced(250)});
});

test('a price that could not be asked is not the old one', async () => {
    const seen: Price[] = [];
    const prices = new Prices(async () => Promise.reject(new Error('cut')), price => seen.push(price));
    prices.choose(10, 'wechat', false);
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.at(-1)).toMatchObject({state: 'failed', last: null});
});

test('amounts are whole numbers, however they are typed', () => {
    expect(typedAmount(' 1,000 ')).toBe(1000);
    expect(typedAmount('１２')).toBe(12);
    expect(typedAmount('')).toBeNull();
    for (const wrong of ['1.5', '-1', '1e3', 'ten', '9007199254740993']) {
        expect(typedAmount(wrong)).toBeNaN();
    }
});
