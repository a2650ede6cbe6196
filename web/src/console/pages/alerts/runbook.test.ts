// @vitest-environment happy-dom
import {expect, test} from 'vitest';

import {CRITICAL, PARAGRAPHS, TITLES} from './runbook';

// @ts-expect-error the build's own tools read files; the pages do not
const {readFileSync} = await import('node:fs');
const rules: string = readFileSync('../docs/monitoring/alerts.yml', 'utf8');

test('every alert of Prometheus has its title and its paragraph, and no other has', () => {
    const alerts = [...rules.matchAll(/- alert: (\w+)/g)].map(match => match[1]).sort();
    expect(alerts.length).toBeGreaterThan(20);
    expect(Object.keys(PARAGRAPHS.in('en')).sort()).toEqual(alerts);
    expect(Object.keys(TITLES.in('en')).sort()).toEqual(alerts);
});

test('English titles are those of Prometheus', () => {
    const titles = TITLES.in('en') as Record<string, string>;
    for (const [, alert, summary] of rules.matchAll(/- alert: (\w+)[\s\S]*?summary: (.+)/g)) {
        expect(titles[alert!]).toBe(summary);
    }
});

test('how soon an operator is needed is what Prometheus labels', () => {
    const critical = [...rules.matchAll(/- alert: (\w+)[\s\S]*?severity: (\w+)/g)].filter(match => match[2] === 'critical').map(match => match[1]!);
    expect([...CRITICAL].sort()).toEqual(critical.sort());
});
