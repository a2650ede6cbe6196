import {afterEach, expect, test, vi} from 'vitest';

import {Api, Refusal, Unreachable} from './client';

const answers = (body: unknown, init: ResponseInit = {}) => vi.stubGlobal('fetch', vi.fn(async () => new Response(JSON.stringify(body), init)));

afterEach(() => vi.unstubAllGlobals());

test('an answer is its data', async () => {
    answers({success: true, message: '', data: {quota: 5}});
    expect(await new Api('', () => 'en').get('/api/user/quota')).toEqual({quota: 5});
});

test('a refusal has its code, text and time of a retry', async () => {
    answers({message: 'error', data: '太快', code: 'TOO_MANY_REQUESTS'}, {status: 429, headers: {'Retry-After': '8'}});
    const refused = await new Api('', () => 'zh-CN').get('/api/user/quota').catch(e => e);
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({code: 'TOO_MANY_REQUESTS', message: '太快', status: 429, after: 8});
});

test('what is not the server\'s answer is no answer', async () => {
    vi.stubGlobal('fetch', vi.fn(async () => new Response('<html>502 Bad Gateway', {status: 502})));
    await expect(new Api('', () => 'en').get('/api/user/quota')).rejects.toBeInstanceOf(Unreachable);
});

test('the token is sent as bearer, and no cookie beside it', async () => {
    answers({success: true, message: '', data: {quota: 5}});
    await new Api('https://pay.example', () => 'en', () => 'abc').get('/api/user/quota');
    const [address, init] = vi.mocked(fetch).mock.calls[0]!;
    expect(address).toBe('https://pay.example/api/user/quota');
    expect(new Headers(init?.headers).get('Authorization')).toBe('Bearer abc');
    expect(init?.credentials).toBe('omit');
});

test('time is the server\'s, whatever this machine\'s clock is', async () => {
    const server = Math.floor(Date.now() / 1000) * 1000 + 3_600_000;
    answers({success: true, message: '', data: {quota: 5}}, {headers: {Date: new Date(server).toUTCString()}});
    const api = new Api('', () => 'en');
    await api.get('/api/user/quota');
    expect(Math.abs(api.now() - server)).toBeLessThan(2000);
});
