import type {Data} from '../../../api/client';
import {decimal, fen} from '../../money';
import type {Self} from '../../session';

/** What can be refunded of an order, and its refunds. */
export type Refunds = Data<'/api/topup/{orderId}/refunds', 'get'>;
export type Refund = Refunds['refunds'][number];
export type RefundStatus = Refund['state']['status'];
export type PaidPart = Refunds['payments'][number];

export type RefundAct = 'approve' | 'decline' | 'take' | 'keep';

/** Whether the act can be done by this caller; `own` when it needs another operator than the one who requested the refund. */
export interface Offered {
    act: RefundAct;
    off?: 'own';
}

const ACTS: Partial<Record<RefundStatus, readonly RefundAct[]>> = {WAITING: ['decline', 'approve'], FOUND: ['keep', 'take']};

/** What this caller may do with a refund. The server decides; others than operators are offered nothing. */
export function offered(refund: Pick<Refund, 'state' | 'requested'>, self: Self | null): readonly Offered[] {
    if (!self?.roles.includes('operator')) {
        return [];
    }
    const own = refund.requested?.actor === self.user;
    return (ACTS[refund.state.status] ?? []).map(act => act === 'approve' && own ? {act, off: 'own' as const} : {act});
}

/** What can be refunded of all payments, and what was and will be, in fen. */
export interface Sums {
    paid: number;
    refunded: number;
    underWay: number;
    left: number;
}

export function sums(payments: readonly Pick<PaidPart, 'money' | 'refunded' | 'under_way' | 'left'>[]): Sums {
    const of = (name: 'money' | 'refunded' | 'under_way' | 'left') => payments.reduce((total, payment) => total + (fen(payment[name]) ?? 0), 0);
    return {paid: of('money'), refunded: of('refunded'), underWay: of('under_way'), left: of('left')};
}

/** The payments of which something is left to refund. */
export const refundable = (payments: readonly PaidPart[]): readonly PaidPart[] => payments.filter(payment => (fen(payment.left) ?? 0) > 0);

/** How an amount that was typed fits: as the API wants it, or why it does not. */
export type Typed = {money: string} | {wrong: 'none' | 'form' | 'above'};

export function typed(text: string, left: string): Typed {
    const bare = text.replace(/[,\s¥]/g, '');
    if (bare === '') {
        return {wrong: 'none'};
    }
    const fens = fen(bare);
    return fens === null || fens <= 0 ? {wrong: 'form'} : fens > (fen(left) ?? 0) ? {wrong: 'above'} : {money: decimal(fens)};
}
