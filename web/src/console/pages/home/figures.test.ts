import {expect, test} from 'vitest';

import {allWaiting, conversion, days, heldMoney, scale, total, waiting, type Figures} from './figures';

const row = (day: string, payment_method: string, status: string, orders: number, money: string, currency = 'CNY') => ({day, payment_method, currency, status, orders, money, quota: '0'});
const figures = {
    today: '2026-11-01', open_holds: 1,
    days: [row('2026-11-01', 'wechat', 'CREDITED', 12, '876.10'), row('2026-11-01', 'alipay', 'CREDITED', 1, '0.20'), row('2026-11-01', 'alipay', 'CREDITED', 1, '5.00', 'HKD'),
        row('2026-10-31', 'wechat', 'CREDITED', 1, '73.00'), row('2026-11-01', 'wechat', 'PAID', 13, '949.10'), row('2026-11-01', 'alipay', 'CLOSED', 2, '146.00'),
        row('2026-10-30', 'alipay', 'PAID', 6, '1.00')],
    waiting: [{status: 'PAID', currency: 'CNY', orders: 1, money: '73.00', oldest: '2026-11-01T02:00:00Z'}, {status: 'HELD', currency: 'CNY', orders: 2, money: '0.10', oldest: '2026-11-01T01:00:00.5Z'},
        {status: 'HELD', currency: 'HKD', orders: 5, money: '9.00', oldest: '2026-10-01T01:00:00Z'}],
    credited_today: {half_within: 1, nearly_all_within: null}, credited_in_all: {half_within: 1, nearly_all_within: 5},
} as unknown as Figures;

test('days are filled up to today over the end of a month, in yuan alone', () => {
    expect(days(figures, 3)).toEqual([{day: '2026-10-30', wechat: 0, alipay: 0}, {day: '2026-10-31', wechat: 7_300, alipay: 0}, {day: '2026-11-01', wechat: 87_610, alipay: 20}]);
    expect(total(days(figures, 2))).toBe(94_930);
    expect(total(days(figures, 1), 'alipay')).toBe(20);
});

test('conversion counts orders that ended', () => {
    expect(conversion(figures, '2026-11-01', '2026-11-01')).toEqual({paid: 13, ended: 15, share: 86.7});
    expect(conversion(figures, '2026-10-30', '2026-11-01')).toEqual({paid: 19, ended: 21, share: 90.5});
    expect(conversion(figures, '2026-10-31', '2026-10-31')).toEqual({paid: 0, ended: 0, share: null});
});

test('what waits is added up in yuan, with its oldest', () => {
    expect(waiting(figures)).toEqual({orders: 3, fen: 7_310, oldest: '2026-11-01T01:00:00.5Z'});
    expect(waiting(figures, 'PAID')).toEqual({orders: 1, fen: 7_300, oldest: '2026-11-01T02:00:00Z'});
    expect(waiting({...figures, waiting: []})).toEqual({orders: 0, fen: 0, oldest: null});
});

test('held money is what was paid and did not go back', () => {
    const hold = (money: string, refunded: string, currency: string, held_at: string) => ({money, refunded, currency, held_at});
    expect(heldMoney([hold('145.99', '0.00', 'CNY', '2026-11-01T02:00:00Z'), hold('10.00', '4.00', 'CNY', '2026-11-01T01:00:00Z'), hold('5.00', '0.00', 'HKD', '2026-10-01T01:00:00Z')]))
        .toEqual({fen: 15_199, oldest: '2026-10-01T01:00:00Z'});
    expect(heldMoney([])).toEqual({fen: 0, oldest: null});
    expect(allWaiting(figures, [hold('145.99', '0.00', 'CNY', '2026-11-01T02:30:00Z')])).toEqual({orders: 2, fen: 7_300 + 14_599, oldest: '2026-11-01T02:00:00Z'});
    expect(allWaiting({...figures, waiting: []}, [])).toEqual({orders: 0, fen: 0, oldest: null});
});

test('a scale ends at a round number not below the largest', () => {
    expect(scale(12_483)).toEqual([0, 5_000, 10_000, 15_000]);
    expect(scale(0)).toEqual([0, 1]);
    expect(scale(3).at(-1)).toBe(3);
    expect(scale(100).at(-1)).toBe(100);
});
