import {expect, test} from 'vitest';

import {readable} from './evidence';

test('a form, XML and JSON are names and values', () => {
    expect(readable('trade_status=TRADE_SUCCESS&subject=AI%E6%9C%8D%E5%8A%A1&gmt=2026-11-30+21%3A19')).toEqual([
        ['trade_status', 'TRADE_SUCCESS'], ['subject', 'AI服务'], ['gmt', '2026-11-30 21:19']]);
    expect(readable('<xml>\n<appid><![CDATA[wx1]]></appid>\n<total_fee>7300</total_fee>\n</xml>')).toEqual([['appid', 'wx1'], ['total_fee', '7300']]);
    expect(readable('{"alipay_trade_query_response":{"code":"10000","fund_bill_list":[{"amount":"1.00"}]},"sign":"•••"}')).toEqual([
        ['code', '10000'], ['amount', '1.00'], ['sign', '•••']]);
});

test('what is cut off or none of these has no names, and stays as it is', () => {
    expect(readable('{"code":"100…')).toEqual([]);
    expect(readable('502 Bad Gateway')).toEqual([]);
    expect(readable('')).toEqual([]);
    expect(readable('<xml><appid><![CDATA[wx1]]></appid><total_fee>73…')).toEqual([['appid', 'wx1']]);
});
