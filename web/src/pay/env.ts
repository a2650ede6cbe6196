import {createContext} from 'preact';
import {useContext, useEffect, useState} from 'preact/hooks';

import type {Api, Language} from '../api/client';
import type {Offer, OrderView} from '../../target/api';
import type {Keys} from './placing';
import type {Texts} from './texts';

/** Where the page is looked at; what can be done there differs (see docs/architecture.md). */
export type Place = 'desktop' | 'tablet' | 'phone' | 'wechat' | 'wechat-desktop' | 'alipay' | 'webview';

/** Where the payer is in these pages. */
export type Route = {page: 'top-up'} | {page: 'order'; id: string; started?: boolean} | {page: 'history'; filter?: string} | {page: 'link'; id: string; key: string};

/** What an embedding page is notified of. */
export type Happening = {type: 'credited' | 'closed'; order: OrderView} | {type: 'error'; code: string; message: string};

/** What every view needs. */
export interface Env {
    api: Api;
    language: Language;
    t: Texts;
    place: Place;
    demo: boolean;
    /** Where the pages themselves are, for links that another screen opens. */
    server: string;
    /** Inside another page: no header, no history, no title. */
    embedded: boolean;
    /** The balance, where the host gives one, as it wants it shown. */
    balance: string | null;
    keys: () => Keys;
    offer: Offer | null;
    /** Asks again what is offered. */
    reload: () => Promise<void>;
    go: (route: Route, replace?: boolean) => void;
    happened: (happening: Happening) => void;
    /** Says something to a screen reader, politely. */
    say: (text: string) => void;
}

export const EnvContext = createContext<Env | null>(null);

export function useEnv(): Env {
    const env = useContext(EnvContext);
    if (!env) {
        throw new Error('outside of the pages');
    }
    return env;
}

/** Whether one screen is the payer's only one: a code on it cannot be scanned. */
export function isPhone(place: Place): boolean {
    return place === 'phone' || place === 'wechat' || place === 'alipay' || place === 'webview';
}

/** What the server made of the User-Agent, corrected by what only the browser knows: an iPad calls itself a Macintosh. */
export function correctedPlace(place: Place): Place {
    return place === 'desktop' && /Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1 ? 'tablet' : place;
}

/** The server's time, again each second. */
export function useNow(api: Api, running: boolean): number {
    const [now, setNow] = useState(api.now());
    useEffect(() => {
        if (!running) {
            return undefined;
        }
        setNow(api.now());
        const timer = setInterval(() => setNow(api.now()), 1000);
        return () => clearInterval(timer);
    }, [api, running]);
    return now;
}
