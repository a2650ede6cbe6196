import {isPhone, useEnv} from './env';
import {Icon} from './icons';
import {grouped, quotaText, sign, yuan} from './money';
import type {Watched} from './order-page';
import {Copy, Money, Steps, Time, useFocusOn} from './parts';
import {methodName} from './texts';
import {secondsBetween} from './time';
import {view} from './view';

/** After the payment: being credited, credited, or held for a person. */
export function Result({order, now, focus}: Watched & {focus: boolean}) {
    const {t, offer, go, place, embedded} = useEnv();
    const {face, slow} = view(order, now);
    const heading = useFocusOn(face, focus);
    const name = methodName(t, order.payment_method);
    const merchant = offer?.merchant;
    const paid = order.paid_money;
    // Of a refund, the quota that it brought; what the refund takes of it, the answer does not say.
    const quotaName = face === 'credited' ? t.quota : face === 'refunding' || face === 'partly' ? order.credited_at && t.creditedQuota : face === 'refunded' ? null : t.willGet;
    return <section class="done-card card" aria-labelledby="state">
        <div class={`seal ${face === 'credited' ? '' : face === 'held' ? 'look' : 'wait'}`}><Icon name={face === 'credited' ? 'check' : face === 'held' ? 'search' : 'card'} size={face === 'credited' ? 32 : 28} /></div>
        <div class="words" role="status">
            <h1 id="state" ref={heading} tabIndex={-1}>{face === 'credited' ? t.credited : face === 'held' ? t.held : face === 'refunding' ? t.refunding
                : face === 'partly' || face === 'refunded' ? t.refunded(yuan(order.refunded_money ?? order.money)) : slow ? t.slow : t.paid}</h1>
            {face === 'credited' && <p class="huge">+{quotaText(order.quota, order)}</p>}
            {face === 'credited' ? <><NewBalance order={order} />{order.late && <p class="t2">{t.lateCredited}</p>}</>
                : <p class="t2">{face === 'held' ? <HeldWhy order={order} /> : face === 'refunding' ? t.where.refunding(name) : face === 'partly' || face === 'refunded' ? t.where.refunded(name) : slow ? t.slowHint : t.paidHint}</p>}
        </div>
        {(face === 'paid' || face === 'held') && <Steps order={order} />}
        <dl class="facts">
            <div><dt>{t.paidFact}</dt><dd><Money text={yuan(paid ?? order.money)} /> · {name}</dd></div>
            {quotaName && <div><dt>{quotaName}</dt><dd>{quotaText(order.quota, order)}{sign(order) && <span class="t3"> · {grouped(order.quota)}</span>}</dd></div>}
            {(face === 'refunding' || face === 'partly') && order.refunded_money !== null && <div><dt>{t.refundedFact}</dt><dd><Money text={yuan(order.refunded_money)} /></dd></div>}
            {order.paid_at && order.credited_at && <div><dt>{t.time}</dt><dd><Time at={order.paid_at} /> → <Time at={order.credited_at} /> <span class="t3">{t.seconds(secondsBetween(order.paid_at, order.credited_at))}</span></dd></div>}
            <div><dt>{t.order}</dt><dd><Copy text={order.order_id} label={t.copyOrder(order.order_id)} /></dd></div>
            {(face === 'held' || slow) && <div><dt>{t.supportCode}</dt><dd><Copy text={order.support_code} label={`${t.copyCode} ${order.support_code}`} /></dd></div>}
        </dl>
        <div class="acts">
            {face === 'credited' && merchant?.address && !embedded && <a class="btn primary lg" href={merchant.address}>{t.backTo(merchant.name ?? '')}</a>}
            {face === 'credited' ? <button class={`btn lg ${merchant?.address && !embedded ? 'line' : 'primary'}`} type="button" onClick={() => go({page: 'top-up'})}>{t.again}</button>
                : <Copy button text={order.support_code} label={t.copyCode} />}
        </div>
        {isPhone(place) && !embedded && face === 'credited' && <p class="t3 sm-t">{t.closeThis}</p>}
    </section>;
}

/** Why money of this order waits for a person, as the server says it. */
export function HeldWhy({order}: {order: Watched['order']}) {
    const {t} = useEnv();
    const held = order.held.find(payment => payment.decision === null) ?? order.held[0];
    const name = methodName(t, order.payment_method);
    return <>{held === undefined ? '' : held.reason === 'AMOUNT_MISMATCH' && held.currency === 'CNY' ? t.heldAmounts(name, yuan(held.money), yuan(order.money)) : t.heldWhy(held.text)}{t.heldHint}</>;
}

/** The quota of this account in Sluice's books before this credit, and after it. */
function NewBalance({order}: {order: Watched['order']}) {
    const {t, balance} = useEnv();
    if (balance !== null || order.quota_before === null || order.quota_after === null) {
        return null;
    }
    return <p class="bal2"><span>{t.creditedSoFar} {quotaText(order.quota_before, order)}</span><Icon name="right" size={16} /><b>{quotaText(order.quota_after, order)}</b></p>;
}
