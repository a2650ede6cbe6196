import {useId, useState} from 'react';

import {decimal, fen, grouped, shown} from '../../money';
import {api} from '../../session';
import {useTexts} from '../../texts';
import {Confirm} from '../Confirm';
import {holdsChanged} from '../openHolds';
import {refundsChanged} from '../openRefunds';
import {useMethodName} from '../shown';
import {HOLD} from './dictionary';
import type {OpenHold} from './HoldCard';

interface Asked {
    hold: OpenHold;
    act: 'credit' | 'refund';
    decided: () => void;
    close: () => void;
}

/** Asks before a held payment is credited or refunded; shows in money what happens. */
export function Decide(asked: Asked) {
    return asked.act === 'credit' ? <Credit {...asked}/> : <Refund {...asked}/>;
}

function Refund({hold, decided, close}: Asked) {
    const texts = useTexts(HOLD);
    const method = useMethodName()(hold.payment_method);
    const left = decimal((fen(hold.money) ?? 0) - (fen(hold.refunded) ?? 0));
    const money = (of: string) => shown(of, hold.currency);
    return <Confirm title={texts.refundTitle} danger act={texts.doRefund(money(left)) as string} after={texts.afterRefund} close={close} changes={[
        {what: texts.payerGets, now: money(hold.refunded), then: money(hold.money)},
        {what: texts.waits, now: money(left), then: money('0.00')},
    ]} note={texts.refundNote(method, money(left))} run={async (reason, key) => {
        await api.post('/api/topup/{orderId}/resolve', {path: {orderId: hold.order_id}, headers: {'Idempotency-Key': key},
            body: {resolution: 'refund', reason, transaction_id: hold.transaction_id}});
        holdsChanged();
        refundsChanged();
        decided();
    }}/>;
}

const isUser = (text: string): boolean => /^[!-~]{1,64}$/.test(text);

/** What the operator says beside the decision, or nothing when it is what the server gives by itself. */
export function said(hold: Pick<OpenHold, 'order' | 'quota'>, user: string, quota: number): {user_id: string; quota: number} | null {
    return hold.order && hold.quota !== null && hold.order.user_id === user && Number(hold.quota) === quota ? null : {user_id: user, quota};
}

function Credit({hold, decided, close}: Asked) {
    const texts = useTexts(HOLD);
    const id = useId();
    const [user, setUser] = useState(hold.order?.user_id ?? '');
    const [count, setCount] = useState(hold.quota === null ? '' : String(hold.quota));
    const most = hold.most === null ? Number.MAX_SAFE_INTEGER : Number(hold.most);
    const digits = count.replace(/[,\s]/g, '');
    const quota = /^\d{1,16}$/.test(digits) ? Number(digits) : 0;
    const fits = quota >= 1 && quota <= most;
    const left = decimal((fen(hold.money) ?? 0) - (fen(hold.refunded) ?? 0));
    // What is still empty is missing, not wrong.
    const [userWrong, quotaWrong] = [user !== '' && !isUser(user), count !== '' && !fits];
    const shownQuota = grouped(String(quota));
    return <Confirm title={texts.creditTitle} act={texts.doCredit(shownQuota) as string} after={texts.afterCredit} ready={fits && isUser(user)} about={`${user} ${quota}`}
        close={close} note={texts.creditNote} changes={fits && isUser(user) ? [
            {what: texts.userGets(user) as string, now: texts.quotaOf('0'), then: texts.quotaOf(shownQuota)},
            {what: texts.waits, now: shown(left, hold.currency), then: shown('0.00', hold.currency)},
        ] : []} run={async (reason, key) => {
            await api.post('/api/topup/{orderId}/resolve', {path: {orderId: hold.order_id}, headers: {'Idempotency-Key': key},
                body: {resolution: 'credit', reason, transaction_id: hold.transaction_id, ...said(hold, user, quota)}});
            holdsChanged();
            decided();
        }}>
        <div className="grid g2">
            <div className="fld">
                <label htmlFor={`${id}user`}>{texts.toUser}</label>
                <div className={`inp ${userWrong ? 'err' : ''}`}><input id={`${id}user`} value={user} autoComplete="off" spellCheck={false} aria-invalid={userWrong}
                    aria-describedby={userWrong ? `${id}user-wrong` : undefined} onChange={event => setUser(event.target.value.trim())}/></div>
                {userWrong ? <p className="e" id={`${id}user-wrong`}>{texts.noUser}</p> : null}
            </div>
            <div className="fld">
                <label htmlFor={`${id}quota`}>{texts.quota}{hold.most === null ? null : <small>{texts.most(grouped(String(most)))}</small>}</label>
                <div className={`inp ${quotaWrong ? 'err' : ''}`}><input id={`${id}quota`} value={count} inputMode="numeric" autoComplete="off" aria-invalid={quotaWrong}
                    aria-describedby={quotaWrong ? `${id}quota-wrong` : undefined} onChange={event => setCount(event.target.value)}/></div>
                {quotaWrong ? <p className="e" id={`${id}quota-wrong`}>{texts.noQuota(grouped(String(most)))}</p> : null}
            </div>
        </div>
    </Confirm>;
}
