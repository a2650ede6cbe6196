import type {MinorUnits, Of, Source} from './model';

interface Act {
    refund_number: string;
    actor: string;
    reason: string;
}

interface Seen {
    received_at: string;
    body: string;
}

type Taken = {refund_number: string; user_id: string; quota: number};
type Payment = {provider: string; transaction_id: string};
type ProviderRefund = {id: string; settled: MinorUnits; at: string};

/** The facts of a refund, as they are in the log. */
export type OfRefund =
    | Of<'RefundRequested', Act & {payment: Payment; money: MinorUnits; funds: 'CREDITED' | 'HELD'; needs_approval: boolean}>
    | Of<'RefundApproved' | 'RefundDeclined', Act>
    | Of<'RefundReserved', {refund_number: string; payment: Payment; money: MinorUnits; needs_approval: boolean; reason: string;
        reservation: {kind: 'OF_QUOTA'; user_id: string; quota: number; balance: number} | {kind: 'OF_MONEY'}}>
    | Of<'RefundRefused', {refund_number: string; money: MinorUnits; reason: 'UNKNOWN_PAYMENT' | 'NOT_CREDITED' | 'NOT_HELD' | 'MORE_THAN_LEFT' | 'QUOTA_SPENT'}>
    | Of<'RefundSucceeded', {refund_number: string; provider: string; money: MinorUnits; refund: ProviderRefund; arrival: 'PAYER' | 'PROVIDER'; evidence: Seen}>
    | Of<'RefundFailed', {refund_number: string; provider: string; reason: 'REFUSED' | 'CLOSED'; code: string; evidence: Seen}>
    | Of<'QuotaTaken' | 'QuotaReturned', Taken>
    | Of<'RefundFound', {refund_number: string; payment: Payment; money: MinorUnits; refund: ProviderRefund; source: Source; evidence: Seen}>
    | Of<'FoundRefundResolved', Act & {mirroring: 'TAKE_QUOTA' | 'KEEP_QUOTA'}>;
