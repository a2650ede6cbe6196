// @vitest-environment happy-dom
import {act, createElement} from 'react';
import {createRoot, type Root} from 'react-dom/client';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';

import {useData, type Loaded} from './useData';

(globalThis as {IS_REACT_ACT_ENVIRONMENT?: boolean}).IS_REACT_ACT_ENVIRONMENT = true;

interface Asked {
    signal: AbortSignal;
    answer: (data: string) => void;
    fail: (error: unknown) => void;
}

let root: Root;
let asked: Asked[];
let seen: Loaded<string>;

const load = () => (signal: AbortSignal) => new Promise<string>((answer, fail) => asked.push({signal, answer, fail}));
const show = (of: (signal: AbortSignal) => Promise<string>, every?: number) => act(async () => root.render(createElement(() => {
    seen = useData(of, every);
    return null;
})));

beforeEach(() => {
    asked = [];
    root = createRoot(document.createElement('div'));
});

afterEach(async () => {
    await act(async () => root.unmount());
    vi.useRealTimers();
});

test('older data stay while newer ones load, and when that fails', async () => {
    const of = load();
    await show(of);
    expect([seen.data, seen.busy]).toEqual([undefined, true]);
    await act(async () => asked[0]!.answer('first'));
    expect([seen.data, seen.busy]).toEqual(['first', false]);
    await act(async () => seen.retry());
    expect([seen.data, seen.busy]).toEqual(['first', true]);
    await act(async () => asked[1]!.fail(new Error('away')));
    expect([seen.data, seen.busy, (seen.error as Error).message]).toEqual(['first', false, 'away']);
    await act(async () => seen.retry());
    await act(async () => asked[2]!.answer('second'));
    expect([seen.data, seen.error]).toEqual(['second', undefined]);
});

test('the answer to an older question is not shown, and its request is stopped', async () => {
    const Page = ({of}: {of: (signal: AbortSignal) => Promise<string>}) => {
        seen = useData(of);
        return null;
    };
    await act(async () => root.render(createElement(Page, {of: load()})));
    await act(async () => root.render(createElement(Page, {of: load()})));
    expect(asked.map(one => one.signal.aborted)).toEqual([true, false]);
    await act(async () => asked[1]!.answer('new'));
    await act(async () => asked[0]!.answer('old'));
    expect(seen.data).toBe('new');
});

test('it is loaded again in time, and not after the page was left', async () => {
    vi.useFakeTimers();
    await show(load(), 5_000);
    await act(async () => asked[0]!.answer('first'));
    await act(async () => vi.advanceTimersByTime(4_000));
    expect(asked.length).toBe(1);
    await act(async () => vi.advanceTimersByTime(1_000));
    expect(asked.length).toBe(2);
    await act(async () => root.render(null));
    await act(async () => vi.advanceTimersByTime(20_000));
    expect(asked.length).toBe(2);
    expect(asked[1]!.signal.aborted).toBe(true);
});
