// @vitest-environment happy-dom
import {expect, test} from 'vitest';

import {asked, nameOf} from './audit';

test('an event has its name without its version', () => {
    expect([nameOf('dev.sluice.QuotaCredited.v1'), nameOf('dev.sluice.books.BillCompared.v12'), nameOf('Other')]).toEqual(['QuotaCredited', 'books.BillCompared', 'Other']);
});

test('an empty field narrows nothing, and a name is sent as it is', () => {
    const none = {from: '', to: '', type: '', order: '', user: ''};
    expect(asked(none)).toBe('/api/audit/events');
    expect(asked({...none, from: '2026-11-01', user: 'a&b'}, {after: '', format: 'csv'})).toBe('/api/audit/events?from=2026-11-01&user=a%26b&format=csv');
});
