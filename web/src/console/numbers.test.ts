import {expect, test} from 'vitest';

import {searched, supportCode} from './numbers';

test('a support code is the end of the number', () => {
    expect(supportCode('01M830QY68829T57P7RB2YQPZT')).toBe('RB2Y-QPZT');
});

test('what a payer sends is searched for without blanks and quotes, ours in capitals', () => {
    expect(searched(' 01m830qy68829t57p7rb2yqpzt\n')).toBe('01M830QY68829T57P7RB2YQPZT');
    expect(searched('「2026 1123 2200」')).toBe('202611232200');
    expect(searched('rb2y-qpzt')).toBe('rb2y-qpzt');
    expect(searched(' ')).toBe('');
});
