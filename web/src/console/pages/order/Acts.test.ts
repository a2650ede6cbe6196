// @vitest-environment happy-dom
import {expect, test} from 'vitest';

import {possible} from './Acts';

test('what can be cancelled has no money yet; what is credited needs no check', () => {
    expect(possible('NEW')).toEqual(['check', 'cancel']);
    expect(possible('AWAITING_PAYMENT')).toEqual(['check', 'cancel']);
    expect([possible('PAID'), possible('HELD'), possible('CLOSED')]).toEqual([['check'], ['check'], ['check']]);
    expect([possible('CREDITED'), possible(undefined)]).toEqual([[], []]);
});
