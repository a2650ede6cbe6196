import {expect, test} from 'vitest';

import {decimal, fen, shown, sum, units} from './money';

test('yuan become fen without a binary fraction', () => {
    expect(fen('145.99')).toBe(14_599);
    expect(fen('-0.01')).toBe(-1);
    expect(fen('146')).toBe(14_600);
    expect(fen('0.1')).toBe(10);
    expect(sum(['0.10', '0.20', '1314.00'])).toBe(131_430);
});

test('what is no amount of yuan is none', () => {
    for (const text of ['', '1,000', '1.234', '1e3', '¥5', '99999999999999999']) {
        expect(fen(text)).toBeNull();
    }
});

test('fen are written as the API writes yuan', () => {
    expect([0, 1, 10, 14_600, -1].map(decimal)).toEqual(['0.00', '0.01', '0.10', '146.00', '-0.01']);
});

test('money has its groups, two decimals and its currency', () => {
    expect(shown('1314.00')).toBe('¥1,314.00');
    expect(shown('-0.01')).toBe('−¥0.01');
    expect(shown('1314.00', 'HKD')).toBe('1,314.00 HKD');
});

test('quota is shown in the units of the setting, tokens as they are', () => {
    expect(units(5_000_000, {type: 'USD', perUnit: 500_000})).toBe('$10.00');
    expect(units(999_931_500, {type: 'CNY', perUnit: 500_000})).toBe('¥1,999.86');
    expect(units(9_999_315, {type: 'USD', perUnit: 500_000})).toBe('$19.99');
    expect(units(-5_000_000, {type: 'USD', perUnit: 500_000})).toBe('−$10.00');
    expect(units(5_000_000, {type: 'TOKENS', perUnit: 500_000})).toBeNull();
});
