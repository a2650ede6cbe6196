import {expect, test} from 'vitest';

import {differing, drawn, path, payments, type Entry} from './model';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 23, 1, 37) + seconds * 1000).toISOString();
const entry = (seconds: number, kind: Entry['kind'], data: object, more: object = {}) =>
    ({at: at(seconds), kind, source: '/sluice/order-api', repeated: false, data, ...more}) as unknown as Entry;
const cny = (minor_units: number) => ({minor_units, currency: 'CNY'});
const created = entry(0, 'OrderCreated', {money: cny(14_600), provider: 'alipay', purchase: {user_id: '1', quota: 10}});
const paid = (seconds: number, fen = 14_599, more: object = {}) => entry(seconds, 'PaymentConfirmed', {transaction_id: 't', money: cny(fen)}, more);
const held = entry(2, 'PaymentHeld', {transaction_id: 't', money: cny(14_599), reason: 'AMOUNT_MISMATCH'});
const answer = (seconds: number, meaning: string, more: object = {}) => entry(seconds, 'ProviderAnswer', {question: 'QUERY', meaning}, more);

test('a fact that was appended again is counted in its entry, wherever it stands', () => {
    const rows = drawn([created, paid(1), held, paid(3, 14_599, {repeated: true, left_out: 40}), paid(4, 14_600, {repeated: true})]);
    expect(rows.map(row => row.draw === 'entry' ? [row.entry.kind, row.again.length, row.hidden] : 'silence')).toEqual([
        ['OrderCreated', 0, 0], ['PaymentConfirmed', 2, 40], ['PaymentHeld', 0, 0]]);
});

test('a fact that was appended again with another amount says two things', () => {
    expect(differing(paid(1), [paid(3, 14_599, {repeated: true}), paid(4, 14_600, {repeated: true}), paid(5, 14_600, {repeated: true})])).toEqual([cny(14_600)]);
});

test('answers that say the same one after another are one entry, others are not', () => {
    const rows = drawn([created, answer(5, 'UNPAID'), answer(10, 'UNPAID'), answer(15, 'PAID'), answer(20, 'UNPAID')]);
    expect(rows.map(row => row.draw === 'entry' ? row.again.length : -1)).toEqual([0, 1, 0, 0]);
});

test('silence over a minute is drawn with its length, a minute is not', () => {
    const rows = drawn([created, paid(60), entry(120.001, 'OrderClosed', {reason: 'EXPIRED'}), answer(200, 'PAID')]);
    expect(rows.flatMap(row => row.draw === 'silence' ? [row.milliseconds] : [])).toEqual([60_001, 79_999]);
});

test('silence begins after the last answer of a run, and not after a repetition of a fact', () => {
    expect(drawn([created, answer(5, 'UNPAID'), answer(100, 'UNPAID'), paid(130)]).some(row => row.draw === 'silence')).toBe(false);
    expect(drawn([created, paid(1), paid(100, 14_599, {repeated: true}), entry(130, 'OrderClosed', {reason: 'EXPIRED'})]).some(row => row.draw === 'silence')).toBe(true);
});

test('each payment has what became of it', () => {
    const decided = entry(9, 'HoldResolved', {transaction_id: 't', actor: '9', resolution: {kind: 'REFUND'}});
    const [one, two] = payments([created, paid(1), held, paid(3, 14_599, {repeated: true}), entry(4, 'PaymentHeld', {transaction_id: 'u', money: cny(5), reason: 'DUPLICATE_PAYMENT'}), decided]);
    expect([one?.transaction, one?.held?.data.reason, one?.decided?.data.actor, one?.credited]).toEqual(['t', 'AMOUNT_MISMATCH', '9', undefined]);
    expect([two?.transaction, two?.confirmed, two?.decided, two?.money]).toEqual(['u', undefined, undefined, cny(5)]);
});

test('the money\'s path has amounts at its nodes and what was short', () => {
    expect(path([created, paid(1), held, paid(3, 14_599, {repeated: true}), entry(9, 'QuotaCredited', {transaction_id: 't', quota: 9})]).map(step => [step.kind, step.money?.minor_units ?? step.quota, step.off]))
        .toEqual([['placed', 14_600, undefined], ['paid', 14_599, undefined], ['held', 14_599, -1], ['credited', 9, undefined]]);
});
