import {afterEach, beforeEach, expect, test, vi} from 'vitest';

import {Newest} from './newest';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function asked() {
    const answers: string[] = [];
    const questions: {question: string; signal: AbortSignal; answer: (text: string) => void; fail: (cause: unknown) => void}[] = [];
    const newest = new Newest<string, string>((question, signal) => new Promise((answer, fail) => questions.push({question, signal, answer, fail})),
        answer => answers.push(answer), () => answers.push('failed'), 300);
    return {newest, answers, questions};
}

test('a pause in typing asks once, for the last', async () => {
    const {newest, questions} = asked();
    newest.put('7');
    vi.advanceTimersByTime(200);
    newest.put('7.5');
    await vi.advanceTimersByTimeAsync(300);
    expect(questions.map(each => each.question)).toEqual(['7.5']);
});

test('the newest answer wins, also when an older one comes later', async () => {
    const {newest, answers, questions} = asked();
    newest.put('old', true);
    await vi.advanceTimersByTimeAsync(0);
    newest.put('new', true);
    await vi.advanceTimersByTimeAsync(0);
    questions[1]!.answer('new');
    questions[0]!.answer('old');
    await vi.advanceTimersByTimeAsync(0);
    expect(questions[0]!.signal.aborted).toBe(true);
    expect(answers).toEqual(['new']);
});

test('a failure of an older question is not shown', async () => {
    const {newest, answers, questions} = asked();
    newest.put('old', true);
    await vi.advanceTimersByTimeAsync(0);
    newest.put('new', true);
    await vi.advanceTimersByTimeAsync(0);
    questions[0]!.fail(new Error('late'));
    await vi.advanceTimersByTimeAsync(0);
    expect(answers).toEqual([]);
    questions[1]!.fail(new Error('now'));
    await vi.advanceTimersByTimeAsync(0);
    expect(answers).toEqual(['failed']);
});
