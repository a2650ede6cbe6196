// @vitest-environment happy-dom
import {expect, test} from 'vitest';

import {sorted} from './judged';
import {TITLES} from './runbook';

test('every alert is in one list, also one that the pages do not know', () => {
    const {quiet, partly, unseen} = sorted({firing: [{name: 'NewHold'}], not_observed: ['AppDown', 'SlowCredits', 'Brandnew'], this_app_only: ['ViewPaused']});
    expect([...quiet, ...partly, ...unseen, 'NewHold'].sort()).toEqual([...Object.keys(TITLES.in('en')), 'Brandnew'].sort());
    expect(unseen).toEqual(['AppDown', 'SlowCredits', 'Brandnew']);
    expect(partly).toEqual(['ViewPaused']);
    expect(quiet).toContain('DeadLetter');
});
