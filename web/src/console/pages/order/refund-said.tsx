import {grouped} from '../../money';
import {REFUND} from '../../parts/refund/dictionary';
import {Dictionary, type Texts} from '../../texts';
import type {ORDER} from './dictionary';
import {Evidence} from './Folded';
import type {Entry, Source} from './model';
import {shownUnits} from './Story';
import type {Said} from './TimelineEntry';

/** What the timeline says of the facts of refunds. */
export const REFUND_FACTS = new Dictionary({
    requested: [(actor: string, money: string) => `操作员 ${actor} 提出退款 ${money}`, (actor: string, money: string) => `Operator ${actor} requested a refund of ${money}`],
    approved: [(actor: string) => `操作员 ${actor} 批准退款`, (actor: string) => `Operator ${actor} approved the refund`],
    declined: [(actor: string) => `操作员 ${actor} 没有批准退款`, (actor: string) => `Operator ${actor} declined the refund`],
    reserved: [(money: string, quota: string, user: string) => `为退款 ${money} 预留用户 ${user} 的 ${quota} 额度`, (money: string, quota: string, user: string) => `${quota} quota of user ${user} reserved for the refund of ${money}`],
    reservedMoney: [(money: string) => `账本受理退款 ${money}，不涉及额度`, (money: string) => `The ledger took the refund of ${money}; it takes no quota`],
    mayWait: ['要等另一位操作员批准，才请渠道退款。', 'The provider is called once another operator approves.'],
    refused: [(money: string) => `账本没有受理退款 ${money}`, (money: string) => `The ledger refused the refund of ${money}`],
    succeeded: [(method: string, money: string) => `${method}已把 ${money} 退回付款人`, (method: string, money: string) => `${method} sent ${money} back to the payer`],
    rests: [(method: string, money: string) => `${method}退了 ${money}，但钱停在渠道`, (method: string, money: string) => `${method} refunded ${money}, but the money rests there`],
    settled: [(money: string) => `商户账户实际支出 ${money}，其余是优惠券。`, (money: string) => `The merchant's account bore ${money}; the rest was a coupon.`],
    failed: [(method: string) => `${method}没有退款`, (method: string) => `${method} did not refund it`],
    REFUSED: ['渠道拒绝了这笔退款。', 'The provider refused it.'],
    CLOSED: ['渠道关闭了这笔退款：商户账户的钱长时间不够。', "The provider closed it: the merchant's account had too little money for too long."],
    taken: [(quota: string, user: string) => `收回用户 ${user} 的 ${quota} 额度`, (quota: string, user: string) => `${quota} quota taken from user ${user}`],
    returned: [(quota: string, user: string) => `${quota} 额度还给用户 ${user}`, (quota: string, user: string) => `${quota} quota given back to user ${user}`],
    found: [(method: string, money: string) => `发现${method}退了 ${money}，不是从这里提出的`, (method: string, money: string) => `Found: ${method} refunded ${money}, not requested here`],
    take: [(actor: string) => `操作员 ${actor} 决定收回额度`, (actor: string) => `Operator ${actor} decided to take the quota`],
    keep: [(actor: string) => `操作员 ${actor} 决定让用户保留额度`, (actor: string) => `Operator ${actor} let the user keep the quota`],
});

/** Whence a payment or a refund is known, as its evidence says. */
export function learnt(texts: Texts<typeof ORDER.pairs>, source: Source): {what: string; signed?: boolean; facts: readonly string[]} {
    switch (source) {
        case 'NOTIFICATION': return {what: texts.notification, signed: true, facts: [texts.byNotice]};
        case 'QUERY': return {what: texts.answer, signed: true, facts: [texts.byQuery]};
        case 'BILL': return {what: texts.bill, facts: [texts.byBill]};
    }
}

/** A fact of a refund in a sentence; nothing of other entries. */
export function saidOfRefund(entry: Entry, texts: Texts<typeof ORDER.pairs>, refunds: Texts<typeof REFUND_FACTS.pairs>, methodName: (method: string) => string): Said | null {
    const person = (actor: string, reason: string) => ({node: 'man' as const, by: texts.byOperator(actor) as string, text: texts.said(reason)});
    const count = (quota: number) => grouped(String(quota));
    switch (entry.kind) {
        case 'RefundRequested': return {...person(entry.data.actor, entry.data.reason), title: refunds.requested(entry.data.actor, shownUnits(entry.data.money))};
        case 'RefundApproved': return {...person(entry.data.actor, entry.data.reason), title: refunds.approved(entry.data.actor)};
        case 'RefundDeclined': return {...person(entry.data.actor, entry.data.reason), title: refunds.declined(entry.data.actor)};
        case 'FoundRefundResolved': {
            const {actor, reason, mirroring} = entry.data;
            return {...person(actor, reason), title: mirroring === 'TAKE_QUOTA' ? refunds.take(actor) : refunds.keep(actor)};
        }
        case 'RefundReserved': {
            const {money, reservation, needs_approval: waits} = entry.data;
            return {node: 'fact', text: waits ? refunds.mayWait : undefined, title: reservation.kind === 'OF_QUOTA'
                ? refunds.reserved(shownUnits(money), count(reservation.quota), reservation.user_id) : refunds.reservedMoney(shownUnits(money))};
        }
        case 'RefundRefused': return {node: 'hold', title: refunds.refused(shownUnits(entry.data.money)), text: REFUND.now()[entry.data.reason]};
        case 'RefundSucceeded': {
            const {provider, money, refund, arrival, evidence} = entry.data;
            return {
                node: arrival === 'PAYER' ? 'good' : 'hold', title: (arrival === 'PAYER' ? refunds.succeeded : refunds.rests)(methodName(provider), shownUnits(money)),
                text: refund.settled.minor_units === money.minor_units ? undefined : refunds.settled(shownUnits(refund.settled)), evidence: <Evidence what={texts.answer} body={evidence.body}/>,
            };
        }
        case 'RefundFailed': {
            const {provider, reason, code, evidence} = entry.data;
            return {node: 'hold', title: refunds.failed(methodName(provider)), text: refunds[reason], evidence: <Evidence what={texts.answer} body={evidence.body} facts={code ? [code] : []}/>};
        }
        case 'QuotaTaken': return {node: 'fact', title: refunds.taken(count(entry.data.quota), entry.data.user_id)};
        case 'QuotaReturned': return {node: 'fact', title: refunds.returned(count(entry.data.quota), entry.data.user_id)};
        case 'RefundFound': {
            const {payment, money, source, evidence} = entry.data;
            return {node: 'hold', title: refunds.found(methodName(payment.provider), shownUnits(money)), evidence: <Evidence {...learnt(texts, source)} body={evidence.body}/>};
        }
        default: return null;
    }
}
