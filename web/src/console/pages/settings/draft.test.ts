import {expect, test} from 'vitest';

import {body, changed, inputOf, isProven, localFaults, notifyAddress, settingOf, textsByField, whole} from './draft';
import {fieldOf} from './fields';

const SAVED = {
    WechatEnabled: true, WechatMchId: '1600000042', WechatApiV2Key: '••••e701', WechatMinTopUp: 1, Price: 7.3, AmountOptions: [10, 20],
    AmountDiscount: {100: 0.95}, TopupGroupRatio: {}, QuotaDisplayType: 'USD',
};

test('only what differs is sent', () => {
    expect(body({WechatMchId: '1600000042', WechatMinTopUp: '2', Price: '7.30', WechatEnabled: true}, SAVED)).toEqual({WechatMinTopUp: 2});
    expect(body({WechatEnabled: false}, SAVED)).toEqual({WechatEnabled: false});
    expect(body({AmountOptions: '10,20', AmountDiscount: inputOf(fieldOf('AmountDiscount')!, SAVED)}, SAVED)).toEqual({});
});

test('a key is sent when one was typed, never its mask and never empty', () => {
    expect(inputOf(fieldOf('WechatApiV2Key')!, SAVED)).toBe('');
    expect(body({WechatApiV2Key: ''}, SAVED)).toEqual({});
    expect(body({WechatApiV2Key: 'a'.repeat(32)}, SAVED)).toEqual({WechatApiV2Key: 'a'.repeat(32)});
    expect(body({AlipayPublicKey: '-----BEGIN\nabc'}, SAVED)).toEqual({AlipayPublicKey: '-----BEGIN\nabc'});
});

test('what was emptied goes back to its default', () => {
    expect(body({Price: ' ', WechatMchId: '', AmountDiscount: [{name: '', factor: ''}]}, SAVED))
        .toEqual({Price: null, WechatMchId: null, AmountDiscount: null});
    expect(body({UserDailyLimit: ''}, SAVED)).toEqual({});
});

test('what is no number is sent as it is, so that the server teaches what it takes', () => {
    expect(body({Price: 'free', AmountOptions: '10 x', TopupGroupRatio: [{name: 'vip', factor: '0,8'}]}, SAVED))
        .toEqual({Price: 'free', AmountOptions: [10, 'x'], TopupGroupRatio: {vip: '0,8'}});
});

test('a list of amounts takes Chinese and Western commas and spaces', () => {
    expect(body({AmountOptions: '10，20、50 100;200'}, SAVED)).toEqual({AmountOptions: [10, 20, 50, 100, 200]});
});

test('what a browser would change on its way is not sent', () => {
    expect(localFaults({Price: '7.12345678901234567'}, SAVED)).toEqual({Price: 'tooFine'});
    expect(localFaults({QuotaPerUnit: '9007199254740993'}, SAVED)).toEqual({QuotaPerUnit: 'tooFine'});
    expect(localFaults({Price: '007.5000', QuotaPerUnit: '9007199254740992'}, SAVED)).toEqual({});
    expect(localFaults({AmountDiscount: [{name: '100', factor: '0.9'}, {name: ' 100', factor: '0.8'}]}, SAVED)).toEqual({AmountDiscount: 'twice'});
});

test('the fields that differ are known by name', () => {
    expect(changed({WechatMinTopUp: '2', WechatApiV2Key: 'x'}, SAVED).map(field => field.name)).toEqual(['WechatApiV2Key', 'WechatMinTopUp']);
});

test('a confirmation counts for the account that is set', () => {
    expect(isProven('WechatMchId=1600000042', SAVED)).toBe(true);
    expect(isProven('WechatMchId=1600000043', SAVED)).toBe(false);
    expect(isProven(undefined, SAVED)).toBe(false);
});

test('the callback address has one slash', () => {
    expect(notifyAddress({ServerAddress: 'https://pay.example.com/'}, 'wechat')).toBe('https://pay.example.com/api/wechat/notify');
    expect(notifyAddress({}, 'wechat')).toBeNull();
});

test('what a live check found is shown at the setting that mends it', () => {
    expect(settingOf({check: 'WECHAT_ACCOUNT', code: 'WECHAT_SIGNATURE_REFUSED', message: ''})).toBe('WechatApiV2Key');
    expect(settingOf({check: 'ALIPAY_NOTICES', code: 'NOTICES_REFUSED', message: ''})).toBe('ServerAddress');
    expect(settingOf({check: 'WECHAT_ACCOUNT', code: 'PROVIDER_TIME_OUT', message: ''})).toBeNull();
    expect(textsByField([{name: 'Price', code: 'A', message: 'a'}, {check: 'SERVER_ADDRESS', code: 'B', message: 'b'}, {check: 'WECHAT_NOTICES', code: 'C', message: 'c'}]))
        .toEqual({Price: 'a', ServerAddress: 'b\nc'});
});

test('a row that is still being typed has no price yet', () => {
    expect(body(whole({TopupGroupRatio: [{name: 'vip', factor: ''}, {name: 'staff', factor: '0.5'}]}), SAVED)).toEqual({TopupGroupRatio: {staff: 0.5}});
});
