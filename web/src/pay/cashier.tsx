import {useState} from 'preact/hooks';

import {useEnv} from './env';
import {Code, CODE_SIZE, useDrawn} from './code';
import {Icon, Mark} from './icons';
import {grouped, quotaText, sign, yuan} from './money';
import {Copy, Money, Note, Ring, Steps, useFocusOn} from './parts';
import {PlacingFailure, usePlacing, type Placing} from './placing-view';
import type {Watched} from './order-page';
import {methodName} from './texts';
import {clock, timeOfDay} from './time';
import {view, type Check} from './view';

/** The code, large enough for a second screen, and beside it what is known. */
export function Cashier({order, check, ask, now, started, other}: Watched & {started: boolean; other: (() => void) | null}) {
    const {t, offer, go, embedded} = useEnv();
    const {face, left, payable} = view(order, now);
    const placing = usePlacing(true);
    const code = useDrawn(order);
    const name = methodName(t, order.payment_method);
    const wide = embedded ? 296 : CODE_SIZE;
    const again = () => void placing.place({amount: order.amount, method: order.payment_method});
    const ended = face === 'expired' || face === 'closed';
    return <>
        <div class="crumb"><button class="link" type="button" onClick={() => go({page: 'top-up'})}><Icon name="back" size={16} />{t.changeAmount}</button>
            {other ? <button class="link" type="button" onClick={other}>{t.payHere}</button>
                : offer?.merchant.name && <span class="t3 sm-t">{t.paidTo(offer.merchant.name)}</span>}</div>
        <section class="cash card" aria-labelledby="state">
            <div class="pane-qr">
                <div class="who"><span class="meth"><Mark method={order.payment_method} size={24} />{name}</span><Money big text={yuan(order.money)} /></div>
                <div class={`frame ${ended ? 'gone' : ''}`}>
                    {ended ? <EndedCode wide={wide} closed={face === 'closed'} busy={placing.busy || placing.wait > 0} again={again} />
                        : <Code code={payable ? code : null} order={order} size={wide} />}</div>
                <p class="hint">{ended ? <span>{t.sameTerms}</span> : <><Icon name="scan" /><span>{t.scanHint[order.payment_method] ?? name}</span></>}</p>
                {!ended && offer && <div class="left"><Ring left={left} whole={offer.expire_minutes * 60_000} text={clock(Math.min(left, offer.expire_minutes * 60_000))} />
                    <span>{left < 60_000 ? t.lastMinute : t.timeLeft}<small>{t.validUntil(timeOfDay(order.expires_at, false))}</small></span></div>}
            </div>
            <div class="pane-st">
                <State order={order} now={now} focus={started} />
                {!ended && <Steps order={order} />}
                <OrderFacts order={order} />
                <CheckAnswer check={check} method={name} or={ended ? <Note tone="warn" title={t.alreadyPaid}>{t.alreadyPaidHint(name)}</Note>
                    : order.payment_method === 'wechat' ? <Note>{t.sameAccount}</Note> : null} />
                <PlacingFailure placing={placing} method={order.payment_method} others={[]} use={() => {}} />
                <Acts order={order} check={check} ask={ask} placing={placing} />
            </div>
        </section>
    </>;
}

/** Nothing of the old code is left to scan. */
function EndedCode({wide, closed, busy, again}: {wide: number; closed: boolean; busy: boolean; again: () => void}) {
    const {t} = useEnv();
    return <div class="veil" style={{width: `${wide}px`, height: `${wide}px`}}><b>{closed ? t.closed : t.expired}</b>
        <button class="btn primary lg" type="button" disabled={busy} aria-busy={busy} onClick={again}>{busy ? t.preparing : closed ? t.orderAgain : t.newCode}</button></div>;
}

/** The state's title and sentence: the one live region of the cashier. */
export function State({order, now, focus}: {order: Watched['order']; now: number; focus: boolean}) {
    const {t} = useEnv();
    const {face, slow} = view(order, now);
    const heading = useFocusOn(face, focus);
    const [title, text] = face === 'preparing' ? [slow ? t.stillPreparing : t.preparing, slow ? t.stillPreparingHint : '']
        : face === 'expired' ? [t.expired, t.expiredHint(timeOfDay(order.expires_at, false))]
        : face === 'closed' ? [t.closed, t.closedHint]
        : [t.waiting, t.waitingHint];
    return <div role="status"><h1 id="state" ref={heading} tabIndex={-1}>{title}</h1><p class="say">{text}</p></div>;
}

function OrderFacts({order}: {order: Watched['order']}) {
    const {t} = useEnv();
    return <dl class="facts">
        <div><dt>{t.willGet}</dt><dd>{quotaText(order.quota, order)}{sign(order) && <span class="t3"> · {grouped(order.quota)}</span>}</dd></div>
        <div><dt>{t.order}</dt><dd><Copy text={order.order_id} label={t.copyOrder(order.order_id)} /></dd></div>
    </dl>;
}

/** What the provider answered to "I have paid", in the place of another note, so that nothing moves. */
export function CheckAnswer({check, method, or}: {check: Check; method: string; or: preact.ComponentChildren}) {
    const {t} = useEnv();
    switch (check.state) {
        case 'none':
            return <>{or}</>;
        case 'asking':
            return <Note tone="info" role="status">{t.asking(method)}</Note>;
        case 'unpaid':
            return <Note tone="info" role="status">{t.unpaid(method, timeOfDay(check.at))}</Note>;
        case 'unclear':
            return <Note tone="warn" role="status">{t.noAnswer(method)}</Note>;
        case 'limited':
            return <Note tone="warn" role="status">{check.text}</Note>;
    }
}

/** "I have paid", and the other method. */
export function Acts({order, check, ask, placing, only}: {order: Watched['order']; check: Check; ask: () => void; placing: Placing; only?: boolean}) {
    const {t, offer, demo} = useEnv();
    const [asked, setAsked] = useState(false);
    const others = offer?.methods.filter(method => method.offered && method.type !== order.payment_method) ?? [];
    const other = others[0];
    return <div class="acts">
        <button class="btn line" type="button" disabled={check.state === 'asking'} aria-busy={check.state === 'asking'} onClick={() => { setAsked(true); ask(); }}>
            {check.state === 'asking' && asked ? t.asking(methodName(t, order.payment_method)) : t.iHavePaid}</button>
        {other && !only && <button class="btn quiet" type="button" disabled={placing.busy || placing.wait > 0}
            onClick={() => void placing.place({amount: order.amount, method: other.type})}><Mark method={other.type} size={20} />{t.use(methodName(t, other.type, other.name))}</button>}
        {demo && order.pay_url && <a class="btn quiet" target="_blank" rel="noopener" href={`/wallet?code=${encodeURIComponent(order.pay_url)}`}>{t.openWallet}</a>}
    </div>;
}

