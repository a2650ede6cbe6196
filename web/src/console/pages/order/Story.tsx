import {Fragment, type ReactNode} from 'react';

import {grouped, shownFen} from '../../money';
import {Icon, type IconName} from '../../parts/Icon';
import {useMethodName, type Status} from '../../parts/shown';
import {sums, type PaidPart} from '../../parts/refund/model';
import {useTexts, type Texts} from '../../texts';
import {ORDER} from './dictionary';
import {first, payments, type Created, type Entry, type MinorUnits, type Payment} from './model';

type Kind = 'ok' | 'warn' | 'info' | '';
const ICONS: Record<Kind, IconName> = {ok: 'check', warn: 'holds', info: 'info', '': 'info'};

/** What became of the money, in a sentence for each payment. */
export function Story({entries, status, payments: refundable}: {entries: readonly Entry[]; status: Status | undefined; payments: readonly PaidPart[]}) {
    const texts = useTexts(ORDER);
    const methodName = useMethodName();
    const created = first(entries, 'OrderCreated');
    const paid = payments(entries);
    const open = paid.some(payment => payment.held && !payment.decided);
    const kind: Kind = open ? 'warn' : status === 'CREDITED' ? 'ok' : status === undefined || status === 'CLOSED' || status === 'REFUNDED' ? '' : 'info';
    const {refunded, underWay} = sums(refundable);
    const sentences: ReactNode[] = [
        ...created ? [] : [texts.sUnknown],
        ...paid.length === 0 && created ? [ofOrder(texts, created, status, entries, methodName(created.data.provider))] : [],
        ...paid.map(payment => ofPayment(texts, created, payment, methodName((payment.confirmed ?? payment.held)!.data.provider))),
        ...refunded > 0 ? [texts.sRefunded(shownFen(refunded))] : [],
        ...underWay > 0 ? [texts.sUnderWay(shownFen(underWay))] : [],
    ];
    return <p className={`story ${kind}`}><Icon name={ICONS[kind]}/><span>{sentences.map((sentence, at) => <Fragment key={at}>{at > 0 ? ' ' : ''}{sentence}</Fragment>)}</span></p>;
}

export const shownUnits = (money: MinorUnits): string => shownFen(money.minor_units, money.currency);

function ofOrder(texts: Texts<typeof ORDER.pairs>, created: Created, status: Status | undefined, entries: readonly Entry[], method: string): ReactNode {
    const [user, money] = [created.data.purchase.user_id, shownUnits(created.data.money)];
    switch (status) {
        case 'CLOSED': return texts.sClosed(user, money, texts[first(entries, 'OrderClosed')?.data.reason ?? 'EXPIRED']);
        case 'AWAITING_PAYMENT': return texts.sWaiting(user, money, method);
        case 'PAID': return texts.sPaid(user, money, method);
        default: return texts.sNew(user, money);
    }
}

function ofPayment(texts: Texts<typeof ORDER.pairs>, created: Created | undefined, payment: Payment, method: string): ReactNode {
    const {held, decided, credited} = payment;
    const money = shownUnits(payment.money);
    const off = created && created.data.money.currency === payment.money.currency ? payment.money.minor_units - created.data.money.minor_units : 0;
    const due = off === 0 ? '' : String((off < 0 ? texts.dueShort : texts.dueOver)(shownUnits(created!.data.money), shownFen(Math.abs(off))));
    const user = created?.data.purchase.user_id ?? '';
    if (decided?.data.resolution.kind === 'REFUND') {
        return texts.sRefund(money, method, decided.data.actor);
    }
    if (held && decided?.data.resolution.kind === 'CREDIT') {
        const {quota, user_id: to} = decided.data.resolution;
        return (credited ? texts.sReleased : texts.sReleasing)(money, method, due, decided.data.actor, grouped(String(quota)), to);
    }
    if (held) {
        return texts.sHeld(money, method, due);
    }
    return credited ? texts.sCredited(user, money, method, due, grouped(String(credited.data.quota)), credited.data.late) : texts.sPaid(user, money, method);
}
