import {useEffect, useState} from 'preact/hooks';

import {Acts, CheckAnswer, State} from './cashier';
import {Code, SavePicture, SMALL_CODE_SIZE, useDrawn, type Drawn} from './code';
import {useEnv, type Place} from './env';
import {Icon, Mark} from './icons';
import {quotaText, yuan} from './money';
import type {Watched} from './order-page';
import {Money, Ring, Steps, toClipboard} from './parts';
import {PlacingFailure, usePlacing} from './placing-view';
import {addressOf} from './routes';
import {methodName} from './texts';
import {clock} from './time';
import {view} from './view';

/** How long a wallet may take to come up before the page asks whether anything happened. */
const NOTHING_HAPPENED_MS = 2000;

/** The cashier where the payer's only screen is this one. */
export function PhoneCashier({order, check, ask, now, started, other}: Watched & {started: boolean; other: () => void}) {
    const {t, offer, go, place} = useEnv();
    const {face, left} = view(order, now);
    const placing = usePlacing(true);
    const code = useDrawn(order);
    const name = methodName(t, order.payment_method);
    const ended = face === 'expired' || face === 'closed';
    const alipay = offer?.methods.some(method => method.type === 'alipay' && method.offered) ?? false;
    const change = (method: string) => void placing.place({amount: order.amount, method});
    return <div class="pm-page">
        <header class="ptop"><button class="btn quiet sq" type="button" aria-label={t.changeAmount} onClick={() => go({page: 'top-up'})}><Icon name="back" /></button>
            <span>{t.payTitle}</span>{ended ? <span /> : <span class="left mini"><Ring left={left} whole={(offer?.expire_minutes ?? 30) * 60_000} size={20} />{clock(left)}</span>}</header>
        <div class="pm">
            <div class="who"><span class="meth"><Mark method={order.payment_method} size={24} />{name}</span><Money big text={yuan(order.money)} />
                <span class="t3 sm-t">{t.willGet} {quotaText(order.quota, order)}{offer?.merchant.name && ` · ${t.paidTo(offer.merchant.name)}`}</span></div>
            <div class="card pad"><State order={order} now={now} focus={started} /></div>
            {ended ? <button class="btn primary lg wide" type="button" disabled={placing.busy || placing.wait > 0} onClick={() => change(order.payment_method)}>{face === 'closed' ? t.orderAgain : t.newCode}</button>
                : order.payment_method === 'alipay' ? <WithAlipay order={order} code={code} change={change} other={other} />
                : <WithWechat order={order} code={code} alipay={alipay} change={change} />}
            {!ended && <Steps order={order} />}
            <CheckAnswer check={check} method={name} or={null} />
            <PlacingFailure placing={placing} method={order.payment_method} others={[]} use={() => {}} />
            <Acts order={order} check={check} ask={ask} placing={placing} only={order.payment_method === 'wechat' && place !== 'wechat'} />
        </div>
    </div>;
}

/** Alipay's own link for its wallet on this phone. */
export function walletLink(payUrl: string): string {
    return `alipays://platformapi/startapp?appId=20000067&url=${encodeURIComponent(payUrl)}`;
}

/** Whether the page may try to open the wallet by itself, once: not where it would be refused or land on another page. */
export function mayTry(place: Place, agent: string, landscape: boolean): boolean {
    return place === 'phone' && !/EdgA\//.test(agent) && !landscape;
}

function WithAlipay({order, code, change, other}: {order: Watched['order']; code: Drawn | null; change: (method: string) => void; other: () => void}) {
    const {t, place, demo} = useEnv();
    const [nothing, setNothing] = useState(false);
    const link = order.pay_url;
    const inside = place === 'alipay';
    const open = () => {
        if (link === null) {
            return;
        }
        const timer = setTimeout(() => setNothing(true), NOTHING_HAPPENED_MS);
        document.addEventListener('visibilitychange', () => clearTimeout(timer), {once: true});
        location.href = inside ? link : walletLink(link);
    };
    useEffect(() => {
        const name = `sluice-tried ${order.order_id}`;
        if (link === null || demo || !(inside || mayTry(place, navigator.userAgent, innerWidth > innerHeight)) || remembered(name)) {
            return;
        }
        open();
    }, [order.order_id, link]);
    if (place === 'wechat') {
        return <InWechat order={order} change={change} />;
    }
    return <>
        <button class="btn primary lg wide" type="button" disabled={link === null} onClick={open}>{inside ? t.inAlipay : t.openAlipay}</button>
        <p class="t3 sm-t c" role="status">{nothing ? t.nothingHappened : ''}</p>
        {!inside && <details class="fold card" open={place === 'webview'}><summary><Icon name="scan" /><span>{t.showCode}</span><Icon name="down" size={16} /></summary>
            <div class="folded"><div class="frame sm"><Code code={code} order={order} size={SMALL_CODE_SIZE} /></div>
                {code && <SavePicture code={code} order={order} />}<button class="link" type="button" onClick={other}>{t.showAsDesktop}</button></div></details>}
    </>;
}

/** Whether this was noted before; notes it. */
function remembered(name: string): boolean {
    try {
        if (sessionStorage.getItem(name)) {
            return true;
        }
        sessionStorage.setItem(name, '1');
    } catch {
        // Without a store each look at the page tries once.
    }
    return false;
}

/** A Native code is taken by a camera only: say so, and offer what works here. */
function WithWechat({order, code, alipay, change}: {order: Watched['order']; code: Drawn | null; alipay: boolean; change: (method: string) => void}) {
    const {t, place} = useEnv();
    return <>
        {alipay && <section class="card pad stack"><h2 class="h3">{t.alipayEasier}</h2><p class="t2 sm-t">{t.alipayEasierHint}</p>
            <button class="btn primary wide" type="button" onClick={() => change('alipay')}><Mark method="alipay" size={20} />{t.payWithAlipay}</button></section>}
        <section class="card pad stack"><h2 class="h3">{t.wechatOther}</h2><p class="t2 sm-t">{t.wechatOtherHint}</p>
            <ShareLink order={order} share={place !== 'wechat'} />
            <div class="frame sm"><Code code={code} order={order} size={SMALL_CODE_SIZE} /></div><p class="t3 sm-t c">{t.anotherPhone}</p></section>
    </>;
}

/** Inside WeChat, Alipay's links are blocked: the way out is the browser. */
function InWechat({order, change}: {order: Watched['order']; change: (method: string) => void}) {
    const {t} = useEnv();
    return <section class="cover" aria-labelledby="way-out"><svg class="ptr" width="96" height="96" viewBox="0 0 96 96" aria-hidden="true"><path d="M10 86C14 46 38 22 80 14M62 8l20 6-8 20" /></svg>
        <h2 id="way-out">{t.openInBrowser}</h2><p>{t.openInBrowserHint}</p><ShareLink order={order} share={false} primary />
        <button class="btn ghost wide" type="button" onClick={() => change('wechat')}>{t.useWechatHere}</button></section>;
}

/** The address at which another screen shows this order's code, and nothing else of it. */
export function shareAddress(order: Watched['order'], server: string): string {
    return server + '/' + addressOf(order.link_key === null ? {page: 'order', id: order.order_id} : {page: 'link', id: order.order_id, key: order.link_key});
}

function ShareLink({order, share, primary}: {order: Watched['order']; share: boolean; primary?: boolean}) {
    const {t, say, server} = useEnv();
    const [copied, setCopied] = useState(false);
    const copy = async () => {
        if (await toClipboard(shareAddress(order, server))) {
            setCopied(true);
            say(t.copied);
        }
    };
    const canShare = share && typeof navigator.share === 'function';
    return <div class={canShare ? 'two' : 'stack'}>
        <button class={primary ? 'btn primary lg wide' : 'btn line'} type="button" onClick={copy}><Icon name={copied ? 'check' : 'link'} size={16} />{copied ? t.copied : t.copyLink}</button>
        {canShare && <button class="btn line" type="button" onClick={() => void navigator.share({url: shareAddress(order, server)}).catch(() => {})}><Icon name="share" size={16} />{t.share}</button>}
    </div>;
}
