import {expect, test} from 'vitest';

import {monthLater, total} from './statement';

const line = (more: object) => ({provider: 'wechat', day: '', payments: 2, refunds: 1, gross: '146.10', refunded: '1.00', fees: '0.88', net: '144.22', ...more});

test('methods are added up to the fen, negative fees too', () => {
    expect(total([line({}), line({gross: '0.20', fees: '-0.01', net: '0.21', refunded: '0.00'})])).toEqual({provider: '', day: '', payments: 4, refunds: 2, gross: '146.30', refunded: '1.00', fees: '0.87', net: '144.43'});
    expect(total([]).gross).toBe('0.00');
});

test('months follow each other over years', () => {
    expect([monthLater('2026-12', 1), monthLater('2026-01', -1), monthLater('2026-11', 0)]).toEqual(['2027-01', '2025-12', '2026-11']);
});
