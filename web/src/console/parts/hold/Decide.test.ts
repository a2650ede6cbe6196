// @vitest-environment happy-dom
import {expect, test} from 'vitest';

import {said} from './Decide';

const order = {user_id: '1', money: '146.00', quota: 10_000_000};

test('what the server gives by itself is not said again, anything else is said in full', () => {
    expect(said({order, quota: 9_999_315}, '1', 9_999_315)).toBeNull();
    expect(said({order, quota: 9_999_315}, '1', 9_000_000)).toEqual({user_id: '1', quota: 9_000_000});
    expect(said({order, quota: 9_999_315}, '2', 9_999_315)).toEqual({user_id: '2', quota: 9_999_315});
    expect(said({order: null, quota: null}, '2', 5)).toEqual({user_id: '2', quota: 5});
});
