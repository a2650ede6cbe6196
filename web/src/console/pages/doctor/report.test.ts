import {expect, test} from 'vitest';

import type {Row} from './examination';
import {counts, groups, partOf, report} from './report';

const row = (check: string, verdict: Row['verdict'], code = 'X'): Row => ({check, verdict, code, cause: 'c', remedy: ''});

test('what failed stands on top, in its group and among the groups', () => {
    const shown = groups([row('WECHAT_SETTINGS', 'OK'), row('WECHAT_ACCOUNT', 'WARNING'), row('ALIPAY_SETTINGS', 'OK'), row('ALIPAY_ACCOUNT', 'FAILED'), row('SERVER_ADDRESS', 'OK')]);
    expect(shown.map(group => `${group.of}: ${group.rows.map(each => each.check)}`)).toEqual([
        'alipay: ALIPAY_ACCOUNT,ALIPAY_SETTINGS', 'wechat: WECHAT_ACCOUNT,WECHAT_SETTINGS', 'address: SERVER_ADDRESS']);
});

test('verdicts are counted', () => {
    expect(counts([row('WECHAT_CLOCK', 'FAILED'), row('ALIPAY_CLOCK', 'OK'), row('SERVER_ADDRESS', 'OK')])).toEqual({OK: 2, WARNING: 0, FAILED: 1, SKIPPED: 0});
});

test('a fault is mended where its setting stands', () => {
    expect(['WECHAT_ACCOUNT', 'ALIPAY_SETTINGS', 'WECHAT_NOTICES', 'SERVER_ADDRESS', 'ALIPAY_CLOCK'].map(partOf)).toEqual(['wechat', 'alipay', 'address', 'address', null]);
});

test('the report has a line for each check', () => {
    expect(report([row('WECHAT_CLOCK', 'OK', 'CLOCK_RIGHT'), row('SERVER_ADDRESS', 'WARNING', 'ADDRESS_PRIVATE')], check => check.toLowerCase()))
        .toBe('OK · wechat_clock · CLOCK_RIGHT · c\nWARNING · server_address · ADDRESS_PRIVATE · c');
});
