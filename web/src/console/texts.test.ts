// @vitest-environment happy-dom
import {expect, test} from 'vitest';

import {Dictionary} from './texts';

test('both languages say the same and take the same', () => {
    const texts = new Dictionary({title: ['概览', 'Home'], holds: [(count: number) => `${count} 笔`, (count: number) => `${count} holds`]});
    expect(texts.in('zh-CN').title).toBe('概览');
    expect(texts.in('en').holds(2)).toBe('2 holds');
    expect(texts.in('en')).toBe(texts.in('en'));
});
