import {expect, test} from 'vitest';

import {beijing, clock, lasting, short} from './time';

test('how long it was has its two largest units', () => {
    expect([500, 9_960, 12_000, 61_000, 3_600_000, 17_875_000, 90_000_000].map(time => lasting(time, 'zh-CN')))
        .toEqual(['0.5 秒', '10.0 秒', '12 秒', '1 分 1 秒', '1 小时', '4 小时 57 分', '1 天 1 小时']);
    expect(lasting(17_875_000, 'en')).toBe('4 h 57 min');
    expect(lasting(-5, 'en')).toBe('<0.1 s');
});

test('Beijing is eight hours ahead of UTC', () => {
    expect(beijing(new Date('2026-11-22T23:37:13.691Z'))).toBe('2026-11-23 07:37:13');
    expect(beijing(new Date('nothing'))).toBe('');
});

test('a time of today is its clock, an older one has its date', () => {
    const at = new Date(2026, 10, 23, 9, 37, 13, 690);
    expect(clock(at, true)).toBe('09:37:13.69');
    expect(short(at, new Date(2026, 10, 23, 23).getTime())).toBe('09:37:13');
    expect(short(at, new Date(2026, 10, 24).getTime())).toBe('11-23 09:37');
    expect(short(at, new Date(2027, 0, 2).getTime())).toBe('2026-11-23 09:37');
});
