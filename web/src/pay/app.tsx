import {render, type ComponentChildren} from 'preact';
import {useCallback, useEffect, useMemo, useRef, useState} from 'preact/hooks';

import {Api, Refusal, Unreachable, type Language} from '../api/client';
import type {Offer} from '../../target/api';
import {DemoBar, DemoStart} from './demo';
import {EnvContext, useEnv, type Env, type Happening, type Place, type Route} from './env';
import {History} from './history';
import {Icon, Logo} from './icons';
import {LinkPage} from './link-page';
import {OrderPage, SignedOut} from './order-page';
import {Whole} from './parts';
import {Keys} from './placing';
import {addressOf, routeOf} from './routes';
import {texts} from './texts';
import {TopUp} from './top-up';

export interface Around {
    place: Place;
    demo: boolean;
    embedded: boolean;
    /** Whether anyone may be signed in: without a session's cookie nothing is asked that would be refused. */
    session: boolean;
    language: Language;
    /** Origin of the API; empty for the page's own. */
    server: string;
    token?: () => Promise<string> | string;
    balance: string | null;
    happened: (happening: Happening) => void;
    /** Remembers the reader's choice for the next page. */
    remember: (choice: {language?: Language; theme?: 'light' | 'dark'}) => void;
}

/** Draws the pages into an element, and again whenever what is around them changes. */
export function draw(into: Element | ShadowRoot, around: Around): void {
    render(<App around={around} />, into);
}

function App({around}: {around: Around}) {
    const [language, setLanguage] = useState(around.language);
    useEffect(() => setLanguage(around.language), [around.language]);
    const latest = useRef({language, around});
    latest.current = {language, around};
    const api = useMemo(() => new Api(around.server, () => latest.current.language, around.token && (() => latest.current.around.token!())), [around.server]);
    const [route, go] = useRoute(around.embedded);
    const [offer, setOffer] = useState<Offer | null>(null);
    const [trouble, setTrouble] = useState<unknown>(null);
    const [said, say] = useState('');
    const reload = useCallback(async () => {
        try {
            setOffer(await api.get('/api/user/topup/info'));
            setTrouble(null);
        } catch (e) {
            setTrouble(e);
            if (e instanceof Refusal) {
                latest.current.around.happened({type: 'error', code: e.code, message: e.message});
            }
        }
    }, [api]);
    useEffect(() => {
        if (route.page !== 'link' && around.session) {
            void reload();
        }
    }, [api, language, route.page === 'link']);
    useEffect(() => {
        const online = () => void (around.session && reload());
        window.addEventListener('online', online);
        return () => window.removeEventListener('online', online);
    }, [reload]);
    const t = texts(language);
    const minutes = offer?.expire_minutes ?? 30;
    const keys = useMemo(() => new Keys(storage(), minutes * 60_000), [minutes]);
    const env: Env = {
        api, language, t, server: around.server || location.origin, place: around.place, demo: around.demo, embedded: around.embedded, balance: around.balance, offer, reload, go, say,
        keys: () => keys, happened: around.happened,
    };
    const switchLanguage = () => {
        const other = language === 'en' ? 'zh-CN' : 'en';
        around.remember({language: other});
        setLanguage(other);
    };
    useTitle(env, route);
    const signedOut = !around.session || (trouble instanceof Refusal && trouble.status === 401);
    return <EnvContext.Provider value={env}>
        {!around.embedded && <Header route={route} switchLanguage={switchLanguage} remember={around.remember} bare={route.page === 'link'} />}
        <main id="main" class={around.embedded ? 'host' : 'wrap'}>
            {around.demo && route.page !== 'link' && <DemoBar signedOut={signedOut} route={route} />}
            <Page route={route} signedOut={signedOut} trouble={offer ? null : trouble} />
        </main>
        <p class="vh" role="status" aria-live="polite">{said}</p>
    </EnvContext.Provider>;
}

function Page({route, signedOut, trouble}: {route: Route; signedOut: boolean; trouble: unknown}): ComponentChildren {
    const {t, demo, reload} = useEnv();
    if (route.page === 'link') {
        return <LinkPage key={route.id} id={route.id} linkKey={route.key} />;
    }
    if (signedOut) {
        return demo ? <DemoStart /> : <SignedOut />;
    }
    if (trouble !== null && route.page === 'top-up') {
        const offline = trouble instanceof Unreachable && !navigator.onLine;
        return <Whole icon="warn" title={offline ? t.offline : t.noPrice} text={offline ? t.offlineHint : t.noPriceHint} alert>
            <button class="btn primary lg" type="button" onClick={() => void reload()}>{t.retry}</button></Whole>;
    }
    switch (route.page) {
        case 'top-up':
            return <TopUp />;
        case 'order':
            return <OrderPage key={route.id} id={route.id} started={route.started ?? false} />;
        case 'history':
            return <History {...(route.filter === undefined ? {} : {filter: route.filter})} />;
    }
}

function Header({route, switchLanguage, remember, bare}: {route: Route; switchLanguage: () => void; remember: Around['remember']; bare: boolean}) {
    const {t, go} = useEnv();
    const to = (target: Route) => ({
        href: addressOf(target),
        onClick: (event: MouseEvent) => {
            event.preventDefault();
            go(target);
        },
    });
    const current = (here: boolean) => (here ? {'aria-current': 'page' as const} : {});
    return <><a class="skip" href="#main" onClick={skip}>{t.skip}</a>
        <header class="top"><div class="wrap"><a class="brand" {...to({page: 'top-up'})} aria-label={t.brand}><Logo /><span>{t.brand}</span></a>
            {!bare && <nav class="tabs" aria-label={t.pages}><a {...to({page: 'top-up'})} {...current(route.page !== 'history')}>{t.topUp}</a>
                <a {...to({page: 'history'})} {...current(route.page === 'history')}>{t.history}</a></nav>}
            <div class="end"><button class="btn quiet sm" type="button" onClick={switchLanguage}>{t.otherLanguage}<span class="vh"> {t.switchLanguage}</span></button>
                <button class="btn quiet sm sq" type="button" aria-label={t.switchTheme} onClick={() => remember({theme: isDark() ? 'light' : 'dark'})}><Icon name="moon" /></button></div>
        </div></header></>;
}

/** The address stays the page's own: its fragment is the route. */
function skip(event: MouseEvent): void {
    event.preventDefault();
    const main = document.getElementById('main');
    main?.setAttribute('tabindex', '-1');
    main?.focus();
}

function isDark(): boolean {
    const theme = document.documentElement.dataset.theme;
    return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

/** The route is the address's fragment; inside another page, whose address is not ours, it is only remembered. */
function useRoute(embedded: boolean): [Route, Env['go']] {
    const [route, setRoute] = useState<Route>(() => (embedded ? {page: 'top-up'} : routeOf(location.hash)));
    useEffect(() => {
        if (embedded) {
            return undefined;
        }
        const read = () => setRoute(routeOf(location.hash));
        window.addEventListener('popstate', read);
        return () => window.removeEventListener('popstate', read);
    }, [embedded]);
    const go = useCallback((target: Route, replace = false) => {
        setRoute(target);
        if (!embedded) {
            history[replace ? 'replaceState' : 'pushState'](null, '', addressOf(target));
            scrollTo(0, 0);
        }
    }, [embedded]);
    return [route, go];
}

function useTitle(env: Env, route: Route): void {
    useEffect(() => {
        if (!env.embedded) {
            document.documentElement.lang = env.language;
            const name = env.offer?.merchant.name ?? env.t.brand;
            document.title = `${route.page === 'history' ? env.t.historyHeading : route.page === 'top-up' ? env.t.heading : env.t.payTitle} · ${name}`;
        }
    }, [env.language, env.offer, route.page]);
}

function storage(): Storage | null {
    try {
        return localStorage;
    } catch {
        return null;
    }
}
