import {useEffect, useId, useState} from 'react';

import type {Data} from '../../../api/client';
import {Refusal} from '../../../api/client';
import {decimal, fen, grouped, shown} from '../../money';
import {api} from '../../session';
import {useTexts} from '../../texts';
import {Confirm} from '../Confirm';
import {refundsChanged} from '../openRefunds';
import {useMethodName} from '../shown';
import {REFUND} from './dictionary';
import {refundable, typed, type PaidPart, type Refund, type Refunds} from './model';
import './refund.css';

type Preview = Data<'/api/topup/{orderId}/refunds/preview', 'get'>;
/** What the server says of an amount; `of` is the payment and the amount that it was asked about. */
type Told = {of: string; preview: Preview} | {of: string; refused: string | null};

/** After the last key. */
const ASK_AFTER_MS = 300;

/** Asks how much of a payment is refunded and why, and shows what that does before it is done. */
export function AskRefund({order, refunds, done, close}: {order: string; refunds: Refunds; done: (refund: Refund) => void; close: () => void}) {
    const texts = useTexts(REFUND);
    const method = useMethodName();
    const id = useId();
    // A payment that meanwhile has nothing left stays chosen: its field says so.
    const [choices] = useState(() => refundable(refunds.payments));
    const [chosen, setChosen] = useState(choices[0]!.transaction_id);
    const payment = refunds.payments.find(one => one.transaction_id === chosen) ?? choices[0]!;
    const [text, setText] = useState(payment.left);
    const amount = typed(text, payment.left);
    const money = 'money' in amount ? amount.money : null;
    const told = usePreview(order, payment, money);
    const preview = told && 'preview' in told ? told.preview : null;
    const wrong = 'wrong' in amount ? amount.wrong === 'form' ? texts.wrongForm : amount.wrong === 'above' ? texts.wrongAbove(shown(payment.left)) as string : ''
        : told && 'refused' in told ? told.refused ?? '' : '';
    const pay = (of: PaidPart) => {
        setChosen(of.transaction_id);
        setText(of.left);
    };
    return <Confirm title={texts.refundTitle} danger act={texts.doRefund(money === null ? '' : shown(money)) as string} after={texts.afterRefund} about={`${chosen} ${money}`} ready={preview !== null}
        changes={changesOf(texts, payment, money, preview)} note={preview || wrong === '' ? noteOf(texts, refunds, payment, preview, method(payment.payment_method)) : texts.correct} close={close} run={async (reason, key) => {
            const refund = await api.post('/api/topup/{orderId}/refunds', {path: {orderId: order}, headers: {'Idempotency-Key': key}, body: {money: money!, reason, transaction_id: chosen}});
            refundsChanged();
            done(refund);
        }}>
        {choices.length < 2 ? null : <div className="fld">
            <label htmlFor={`${id}payment`}>{texts.payment}</label>
            <select id={`${id}payment`} className="pick" value={chosen} onChange={event => pay(choices.find(one => one.transaction_id === event.target.value)!)}>
                {choices.map(one => <option key={one.transaction_id} value={one.transaction_id}>{texts.paymentOf(shown(one.left), one.transaction_id)}</option>)}
            </select>
        </div>}
        <div className="fld">
            <label htmlFor={`${id}amount`}>{texts.amount}<small>{texts.left(shown(payment.left))}</small></label>
            <div className={`inp ${wrong ? 'err' : ''}`}><span className="t2" aria-hidden="true">¥</span><input id={`${id}amount`} value={text} inputMode="decimal" autoComplete="off" aria-invalid={wrong !== ''}
                aria-describedby={`${id}wrong`} onChange={event => setText(event.target.value)}/><button type="button" className="link" onClick={() => setText(payment.left)}>{texts.all}</button></div>
            <p className="e" id={`${id}wrong`} role="status">{wrong || ' '}</p>
        </div>
    </Confirm>;
}

/** What a refund of this amount would do; of the newest amount only. */
function usePreview(order: string, payment: PaidPart, money: string | null): Told | null {
    const [told, setTold] = useState<Told | null>(null);
    const {transaction_id: transaction, left} = payment;
    const of = `${transaction} ${left} ${money}`;
    useEffect(() => {
        if (money === null) {
            return undefined;
        }
        const stop = new AbortController();
        const timer = setTimeout(() => {
            api.get('/api/topup/{orderId}/refunds/preview', {path: {orderId: order}, query: {money, transaction_id: transaction}, signal: stop.signal}).then(
                preview => setTold({of, preview}),
                (e: unknown) => stop.signal.aborted ? undefined : setTold({of, refused: e instanceof Refusal ? e.message : null}));
        }, ASK_AFTER_MS);
        return () => {
            clearTimeout(timer);
            stop.abort();
        };
    }, [order, transaction, money, of]);
    return told?.of === of ? told : null;
}

type Words = ReturnType<typeof useTexts<typeof REFUND.pairs>>;

/** Now and then, with a dash for what the server has not said yet. */
function changesOf(texts: Words, payment: PaidPart, money: string | null, preview: Preview | null) {
    const refunded = (fen(payment.refunded) ?? 0) + (fen(payment.under_way) ?? 0);
    const quota = payment.credited ? Number(payment.credited.quota) - Number(payment.taken) : null;
    return [
        {what: texts.getsBack, now: shown(decimal(refunded)), then: money === null ? '–' : shown(decimal(refunded + (fen(money) ?? 0)))},
        ...quota === null ? [] : [{what: texts.orderQuota, now: grouped(String(quota)), then: preview ? grouped(String(quota - Number(preview.quota))) : '–'}],
        {what: texts.stillLeft, now: shown(payment.left), then: preview ? shown(preview.left) : '–'},
    ];
}

function noteOf(texts: Words, refunds: Refunds, payment: PaidPart, preview: Preview | null, method: string) {
    if (!preview) {
        return texts.asking;
    }
    return preview.needs_approval && refunds.approval_above !== null ? texts.noteApproval(shown(refunds.approval_above))
        : payment.credited ? texts.note(grouped(String(preview.quota)), method) : texts.noteHeld(method);
}
