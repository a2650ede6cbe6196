import {expect, test} from 'vitest';

import {waiting} from './waiting';

test('what was refunded does not wait', () => {
    expect(waiting([{money: '145.99', refunded: '0.00', currency: 'CNY'}, {money: '73.00', refunded: '20.00', currency: 'CNY'}])).toBe('¥198.99');
});

test('currencies are not added to each other', () => {
    expect(waiting([{money: '146.00', refunded: '0.00', currency: 'CNY'}, {money: '10.00', refunded: '0.00', currency: 'HKD'}])).toBe('¥146.00 + 10.00 HKD');
});

test('fen are added exactly', () => {
    expect(waiting(Array.from({length: 3}, () => ({money: '0.10', refunded: '0.00', currency: 'CNY'})))).toBe('¥0.30');
});
