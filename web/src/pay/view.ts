import type {Checked, OrderView} from '../../target/api';

/** After this time a payer is told that the code, or the credit, takes longer than usual. */
export const SLOW_CODE_MS = 2000;
export const SLOW_CREDIT_MS = 30_000;
/** From here on the end of the code is announced. */
export const LAST_MINUTE_MS = 60_000;

export type Face = 'preparing' | 'waiting' | 'expired' | 'paid' | 'credited' | 'held' | 'closed' | 'refunding' | 'partly' | 'refunded';

/** What the payer is shown of an order: only what the server said of it, and what its time says. */
export interface View {
    face: Face;
    /** It takes longer than usual. */
    slow: boolean;
    /** Milliseconds until the code expires; 0 when it has. */
    left: number;
    /** Whether the code may be shown. */
    payable: boolean;
    /** Whether asking the provider makes sense. */
    canCheck: boolean;
}

/** @param now the server's time */
export function view(order: OrderView, now: number): View {
    const left = Math.max(0, Date.parse(order.expires_at) - now);
    const over = left === 0;
    switch (order.status) {
        case 'NEW':
            return over ? seen('expired', left, {canCheck: true})
                : seen('preparing', left, {slow: now - Date.parse(order.created_at) > SLOW_CODE_MS});
        case 'AWAITING_PAYMENT':
            return over ? seen('expired', left, {canCheck: true}) : seen('waiting', left, {payable: true, canCheck: true});
        case 'PAID':
            return seen('paid', left, {slow: order.paid_at !== null && now - Date.parse(order.paid_at) > SLOW_CREDIT_MS});
        case 'CREDITED':
            return seen('credited', left);
        case 'HELD':
            return seen('held', left);
        case 'REFUNDING':
            return seen('refunding', left);
        case 'PARTIALLY_REFUNDED':
            return seen('partly', left);
        case 'REFUNDED':
            return seen('refunded', left);
        case 'CLOSED':
            // Closed after its money went back is another thing than closed without any.
            return order.refunded_money === null ? seen('closed', left, {canCheck: true}) : seen('refunded', left);
    }
}

function seen(face: Face, left: number, more: Partial<View> = {}): View {
    return {face, left, slow: false, payable: false, canCheck: false, ...more};
}

/** What came of "I have paid". */
export type Check = {state: 'none'} | {state: 'asking'} | {state: 'unpaid'; at: string} | {state: 'unclear'} | {state: 'limited'; text: string};

export function checked(answer: Checked): Check {
    switch (answer.payment) {
        case 'PAID':
            return {state: 'none'};
        case 'UNPAID':
            return answer.answered_at ? {state: 'unpaid', at: answer.answered_at} : {state: 'unclear'};
        case 'UNKNOWN':
            return {state: 'unclear'};
    }
}

/** When the countdown speaks: it is no live region, but says five minutes, one minute and the end. */
export function announcement(before: number, left: number): 'five' | 'one' | null {
    const passes = (mark: number) => before > mark && left <= mark && left > 0;
    return passes(LAST_MINUTE_MS) ? 'one' : passes(5 * LAST_MINUTE_MS) ? 'five' : null;
}
