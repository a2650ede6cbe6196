import {expect, test} from 'vitest';

import {isYuan, narrowed, NONE, query, read, written} from './filters';

test('filters survive the address', () => {
    const filters = {...NONE, text: 'RB2Y-QPZT', status: 'HELD', least_money: '0.01'};
    expect(read(written(filters))).toEqual(filters);
    expect(written(NONE)).toBe('');
    expect(narrowed(read('?page=2&x=y'))).toBe(false);
});

test('a period begins with the reader\'s day, today being one of its days', () => {
    const now = new Date(2026, 10, 23, 14, 30);
    expect(query({...NONE, period: 'today'}, now).from).toBe(new Date(2026, 10, 23).toISOString());
    expect(query({...NONE, period: 'week'}, now).from).toBe(new Date(2026, 10, 17).toISOString());
    expect(query({...NONE, from: '2026-11-23T09:30', until: 'never'}, now)).toMatchObject({from: new Date(2026, 10, 23, 9, 30).toISOString(), until: ''});
});

test('a status that is none is not asked for', () => {
    expect(query({...NONE, status: 'PAYED'}, new Date()).status).toBe('');
});

test('yuan have two decimals at most', () => {
    expect(['', '73', '73.5', '73.50'].every(isYuan)).toBe(true);
    expect(['-1', '73.505', '1,000', '7e3', '.5'].some(isYuan)).toBe(false);
});
