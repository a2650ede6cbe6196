import {expect, test} from 'vitest';

import type {OrderView} from '../../target/api';
import {announcement, checked, view} from './view';

const at = Date.parse('2026-11-30T01:36:17Z');
const order = (changes: Partial<OrderView>) => ({created_at: '2026-11-30T01:36:17Z', expires_at: '2026-11-30T02:06:17Z', paid_at: null, refunded_money: null, status: 'AWAITING_PAYMENT',
    ...changes}) as OrderView;

test('a code is shown until its time is over and not after', () => {
    expect(view(order({}), at)).toMatchObject({face: 'waiting', left: 1_800_000, payable: true});
    expect(view(order({}), at + 1_799_999)).toMatchObject({face: 'waiting', payable: true});
    expect(view(order({}), at + 1_800_000)).toMatchObject({face: 'expired', payable: false, left: 0, canCheck: true});
});

test('nothing but the server makes an order paid or credited', () => {
    for (const status of ['NEW', 'AWAITING_PAYMENT', 'CLOSED'] as const) {
        for (const later of [0, 1e3, 1e6, 1e9]) {
            expect(['paid', 'credited']).not.toContain(view(order({status}), at + later).face);
        }
    }
    expect(view(order({status: 'PAID'}), at + 1e9).face).toBe('paid');
    expect(view(order({status: 'CREDITED'}), at).face).toBe('credited');
});

test('an order whose money went back is not one without money', () => {
    expect(view(order({status: 'CLOSED'}), at)).toMatchObject({face: 'closed', canCheck: true});
    expect(view(order({status: 'CLOSED', refunded_money: '73.00'}), at)).toMatchObject({face: 'refunded', canCheck: false});
});

test('a refund has its own face from its request to its end', () => {
    for (const credited_at of [null, '2026-11-30T01:40:00Z']) {
        expect(view(order({status: 'REFUNDING', credited_at}), at)).toMatchObject({face: 'refunding', payable: false, canCheck: false});
        expect(view(order({status: 'PARTIALLY_REFUNDED', refunded_money: '30.00', credited_at}), at).face).toBe('partly');
        expect(view(order({status: 'REFUNDED', refunded_money: '73.00', credited_at}), at).face).toBe('refunded');
    }
});

test('what is slow says so', () => {
    expect(view(order({status: 'NEW'}), at + 1000).slow).toBe(false);
    expect(view(order({status: 'NEW'}), at + 2001).slow).toBe(true);
    const paid = order({status: 'PAID', paid_at: '2026-11-30T01:40:00Z'});
    expect(view(paid, Date.parse('2026-11-30T01:40:29Z')).slow).toBe(false);
    expect(view(paid, Date.parse('2026-11-30T01:40:31Z')).slow).toBe(true);
});

test('an answer of the provider is shown as it was', () => {
    const now = order({});
    expect(checked({payment: 'UNPAID', answered_at: '2026-11-30T01:45:31Z', order: now})).toEqual({state: 'unpaid', at: '2026-11-30T01:45:31Z'});
    expect(checked({payment: 'UNKNOWN', answered_at: null, order: now})).toEqual({state: 'unclear'});
    expect(checked({payment: 'PAID', answered_at: null, order: now})).toEqual({state: 'none'});
});

test('the countdown speaks at five minutes and at one', () => {
    expect(announcement(300_500, 299_500)).toBe('five');
    expect(announcement(299_500, 298_500)).toBeNull();
    expect(announcement(60_500, 59_500)).toBe('one');
    expect(announcement(Infinity, 1000)).toBe('one');
});
