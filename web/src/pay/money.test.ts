import {expect, test} from 'vitest';

import {yuan} from './money';

test('yuan have two decimals, groups and a real minus', () => {
    expect(yuan('73')).toBe('¥73.00');
    expect(yuan('1314.00')).toBe('¥1,314.00');
    expect(yuan('-1234567.5')).toBe('−¥1,234,567.50');
});
