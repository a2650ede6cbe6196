import {expect, test} from 'vitest';

import {offered, refundable, sums, typed, type PaidPart, type RefundStatus} from './model';

const refund = (status: RefundStatus, actor: string | null = '7') =>
    ({state: {status, code: '', since: '2026-11-23T02:09:41Z'}, requested: actor === null ? null : {actor, reason: 'why', at: '2026-11-23T02:09:41Z'}});
const operator = {user: '8', roles: ['operator'] as const};

test('an operator decides about what waits for one, and about nothing else', () => {
    expect(offered(refund('WAITING'), operator).map(one => one.act)).toEqual(['decline', 'approve']);
    expect(offered(refund('FOUND', null), operator).map(one => one.act)).toEqual(['keep', 'take']);
    for (const status of ['REQUESTED', 'UNDER_WAY', 'DECLINED', 'REFUSED', 'REFUNDED', 'AT_PROVIDER', 'FAILED', 'QUOTA_TAKEN', 'QUOTA_KEPT'] as const) {
        expect(offered(refund(status), operator)).toEqual([]);
    }
});

test('who requested a refund may withdraw it and not approve it', () => {
    expect(offered(refund('WAITING', '8'), operator)).toEqual([{act: 'decline'}, {act: 'approve', off: 'own'}]);
});

test('auditors and administrators are offered no act', () => {
    expect(offered(refund('WAITING'), {user: '8', roles: ['auditor', 'admin']})).toEqual([]);
    expect(offered(refund('WAITING'), null)).toEqual([]);
});

const payment = (more: Partial<PaidPart>): PaidPart => ({payment_method: 'wechat', transaction_id: 't', money: '73.00', refunded: '30.00', under_way: '0.10', left: '42.90',
    credited: {user_id: '1', quota: 5_000_000}, taken: 2_054_794, ...more});

test('payments of an order are added up in fen', () => {
    expect(sums([payment({}), payment({money: '0.10', refunded: '0.00', under_way: '0.00', left: '0.10'})])).toEqual({paid: 7_310, refunded: 3_000, underWay: 10, left: 4_300});
});

test('a payment of which nothing is left is not offered', () => {
    expect(refundable([payment({left: '0.00', transaction_id: 'a'}), payment({transaction_id: 'b'})]).map(one => one.transaction_id)).toEqual(['b']);
});

test('an amount is yuan with two decimals at most, above 0 and up to what is left', () => {
    expect(typed('30', '42.90')).toEqual({money: '30.00'});
    expect(typed(' ¥1,042.5 ', '2000.00')).toEqual({money: '1042.50'});
    expect(typed('42.90', '42.90')).toEqual({money: '42.90'});
    expect(typed('42.91', '42.90')).toEqual({wrong: 'above'});
    for (const text of ['0', '0.00', '-1', '1.005', '1e2', 'all']) {
        expect(typed(text, '42.90')).toEqual({wrong: 'form'});
    }
    expect(typed(' ', '42.90')).toEqual({wrong: 'none'});
});
