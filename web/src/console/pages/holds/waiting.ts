import {decimal, fen, shown} from '../../money';
import type {OpenHold} from '../../parts/hold/HoldCard';

/** What of held payments is still with the merchant, a sum for each currency: `¥219.00 + 10.00 HKD`. */
export function waiting(holds: readonly Pick<OpenHold, 'money' | 'refunded' | 'currency'>[]): string {
    const sums = new Map<string, number>();
    for (const hold of holds) {
        sums.set(hold.currency, (sums.get(hold.currency) ?? 0) + (fen(hold.money) ?? 0) - (fen(hold.refunded) ?? 0));
    }
    return [...sums].map(([currency, fens]) => shown(decimal(fens), currency)).join(' + ');
}
