import type {Language} from '../api/client';
import {en} from './texts-en';
import {zh, type Texts} from './texts-zh';

export type {Texts};

/** Every text that a payer reads, in one language. */
export function texts(language: Language): Texts {
    return language === 'en' ? en : zh;
}

/** The name of a payment method; one that these pages do not know has the name that the server gave. */
export function methodName(t: Texts, method: string, otherwise = method): string {
    return method === 'wechat' ? t.wechat : method === 'alipay' ? t.alipay : otherwise;
}
