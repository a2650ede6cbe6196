import {expect, test} from 'vitest';

import {amountText, discount, quotaText, yuan} from './money';

const dollars = {quota_per_unit: 500_000, quota_display_type: 'USD'};
const tokens = {quota_per_unit: 500_000, quota_display_type: 'TOKENS'};

test('yuan have two decimals, groups and a real minus', () => {
    expect(yuan('73')).toBe('¥73.00');
    expect(yuan('1314.00')).toBe('¥1,314.00');
    expect(yuan('-1234567.5')).toBe('−¥1,234,567.50');
    expect(yuan('90071992547409.93')).toBe('¥90,071,992,547,409.93');
});

test('quota is shown in the display type and never as more than it is', () => {
    expect(quotaText(5_000_000, dollars)).toBe('$10.00');
    expect(quotaText(4_999_999, dollars)).toBe('$9.99');
    expect(quotaText(5_000_000, tokens)).toBe('5,000,000');
    expect(quotaText(9_007_199_254_740_991, dollars)).toBe('$18,014,398,509.48');
    expect(amountText(1000, dollars)).toBe('$1,000');
});

test('a discount is said as each language says it', () => {
    expect(discount(0.95)).toEqual({percent: '5', fold: '95'});
    expect(discount(0.9)).toEqual({percent: '10', fold: '9'});
    expect(discount(0.85)).toEqual({percent: '15', fold: '85'});
    expect(discount(0.885)).toEqual({percent: '11.5', fold: '88.5'});
    expect(discount(1)).toBeNull();
});
