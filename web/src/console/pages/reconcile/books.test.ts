// @vitest-environment happy-dom
import {expect, test} from 'vitest';

import {amount, later, totals} from './books';

const log = {payments: 108, refunds: 1, paid: '8214.30', refunded: '73.00', credited: 1, held: 0};
const bill = {version: 1, sha256: 'a', stored_at: '2026-11-29T02:00:07Z', payments: 109, refunds: 1, paid: '8243.50', refunded: '93.00', sums: {fee: '48.90', net: '8101.60', repeated: 0}};

test('what the bill has more is exact to the fen, and agreement says nothing', () => {
    expect(totals({bill, log}).map(row => [row.row, row.bill, row.log, row.more])).toEqual([
        ['payments', '109', '108', '1'], ['paid', '¥8,243.50', '¥8,214.30', '¥29.20'], ['refunds', '1', '1', null],
        ['refunded', '¥93.00', '¥73.00', '¥20.00'], ['balance', '¥8,150.50', '¥8,141.30', '¥9.20']]);
    expect(totals({bill: {...bill, payments: 107, paid: '8214.29'}, log}).slice(0, 2).map(row => row.more)).toEqual(['−1', '−¥0.01']);
});

test('without a bill nothing differs', () => {
    expect(totals({log}).map(row => [row.bill, row.more])).toEqual(Array.from({length: 5}, () => [null, null]));
});

test('amounts of a difference are read as money, other texts as they are', () => {
    expect([amount('1314.00 CNY'), amount('10.00 HKD'), amount(''), amount('0.60%')]).toEqual(['¥1,314.00', '10.00 HKD', '', '0.60%']);
});

test('days follow each other over months and years', () => {
    expect([later('2026-11-30', 1), later('2027-01-01', -1), later('2028-02-28', 1)]).toEqual(['2026-12-01', '2026-12-31', '2028-02-29']);
});
