import {useEffect, useState} from 'preact/hooks';

import {Refusal} from '../api/client';
import type {LinkedOrder} from '../../target/api';
import {Code, CODE_SIZE, useDrawn} from './code';
import {isPhone, useEnv, useNow} from './env';
import {Icon, Mark} from './icons';
import {amountText, yuan} from './money';
import {Money, Ring, Whole} from './parts';
import {walletLink} from './phone-cashier';
import {methodName} from './texts';
import {clock, timeOfDay} from './time';

const POLL_MS = 3000;
/** A ring that is full for longer orders, too: how long they may be paid is not told to others. */
const WHOLE_MS = 30 * 60_000;

/** An order's code on another screen, for whoever has its link: no account, no numbers, nothing but what is needed to pay. */
export function LinkPage({id, linkKey}: {id: string; linkKey: string}) {
    const {api, t} = useEnv();
    const [order, setOrder] = useState<LinkedOrder | null>(null);
    const [failure, setFailure] = useState<unknown>(null);
    const headers = {'Sluice-Link': linkKey};
    const payable = order !== null && order.payment !== null;
    useEffect(() => {
        let ended = false;
        let timer: ReturnType<typeof setTimeout>;
        const look = async (): Promise<void> => {
            clearTimeout(timer);
            try {
                const answer = await api.get('/api/link/{orderId}', {path: {orderId: id}, headers});
                if (!ended) {
                    setOrder(answer);
                    setFailure(null);
                }
            } catch (e) {
                if (!ended) {
                    setFailure(e);
                }
                if (e instanceof Refusal && e.status === 404) {
                    return;
                }
            }
            if (!ended) {
                timer = setTimeout(() => void look(), POLL_MS);
            }
        };
        const back = () => { if (document.visibilityState === 'visible') { void look(); } };
        void look();
        document.addEventListener('visibilitychange', back);
        return () => {
            ended = true;
            clearTimeout(timer);
            document.removeEventListener('visibilitychange', back);
        };
    }, [api, id, linkKey]);
    const now = useNow(api, payable);
    if (failure instanceof Refusal && failure.status === 404) {
        return <Whole icon="search" title={t.noSuchOrder} text={t.linkOverHint} alert />;
    }
    if (!order) {
        return failure === null ? <section class="done-card card" aria-busy="true"><span class="sk qr-sk" /></section> : <Whole icon="info" title={t.offline} text={t.offlineHint} alert />;
    }
    if (order.payment !== null && Date.parse(order.payment.expires_at) > now) {
        return <Payment order={order} payment={order.payment} now={now} headers={headers} />;
    }
    const paid = !['NEW', 'AWAITING_PAYMENT', 'CLOSED'].includes(order.status);
    return <Whole icon={paid ? 'check' : 'info'} title={paid ? t.linkPaid : t.linkOver} text={paid ? t.linkPaidHint : t.linkOverHint} />;
}

function Payment({order, payment, now, headers}: {order: LinkedOrder; payment: NonNullable<LinkedOrder['payment']>; now: number; headers: Record<string, string>}) {
    const {api, t, place} = useEnv();
    const shown = {order_id: order.order_id, pay_url: payment.pay_url, payment_method: payment.payment_method, money: payment.money};
    const code = useDrawn(shown, async () => {
        const answer = await api.fetch(`/api/link/${encodeURIComponent(order.order_id)}/qr.svg`, {headers});
        return answer.ok ? answer.text() : null;
    });
    const name = methodName(t, payment.payment_method);
    const left = Math.max(0, Date.parse(payment.expires_at) - now);
    const opens = isPhone(place) && payment.payment_method === 'alipay' && payment.pay_url !== null;
    return <section class="done-card card linked" aria-labelledby="state">
        <div class="words" role="status"><h1 id="state">{t.waiting}</h1>{order.merchant !== null && <p class="t2">{t.paidTo(order.merchant)}</p>}</div>
        <div class="who"><span class="meth"><Mark method={payment.payment_method} size={24} />{name}</span><Money big text={yuan(payment.money)} />
            <span class="t3 sm-t">{payment.subject} · {amountText(payment.amount, {quota_display_type: payment.quota_display_type, quota_per_unit: 1})}</span></div>
        {opens && <button class="btn primary lg wide" type="button" onClick={() => { location.href = place === 'alipay' ? payment.pay_url! : walletLink(payment.pay_url!); }}>{t.openAlipay}</button>}
        <div class="frame"><Code code={code} order={shown} size={isPhone(place) ? 296 : CODE_SIZE} /></div>
        <p class="hint"><Icon name="scan" /><span>{t.scanHint[payment.payment_method] ?? name}</span></p>
        <div class="left"><Ring left={left} whole={WHOLE_MS} text={clock(left)} /><span>{t.timeLeft}<small>{t.validUntil(timeOfDay(payment.expires_at, false))}</small></span></div>
    </section>;
}
