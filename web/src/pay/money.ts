/** What amounts and quota are counted in, as the server says. */
export interface Units {
    quota_per_unit: number;
    quota_display_type: string;
}

/** An amount of yuan as people read it: `¥1,314.00`. It stays text: no cent passes through a binary fraction. */
export function yuan(money: string): string {
    const [whole = '0', cents = ''] = money.replace('-', '').split('.');
    return `${money.startsWith('-') ? '−' : ''}¥${grouped(whole)}.${cents.padEnd(2, '0')}`;
}

/** A whole number with its groups of three. */
export function grouped(number: number | bigint | string): string {
    return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** The sign in front of amounts, or none where amounts are quota. */
export function sign(units: Units): string {
    return units.quota_display_type === 'USD' ? '$' : units.quota_display_type === 'CNY' ? '¥' : '';
}

/** An amount as the payer chooses it: `$10`. */
export function amountText(amount: number, units: Units): string {
    return sign(units) + grouped(amount);
}

/** Quota in the display type, two decimals, cut off and not rounded up: `$10.00`; quota itself where that is the type. */
export function quotaText(quota: number, units: Units): string {
    if (!sign(units)) {
        return grouped(quota);
    }
    const cents = (BigInt(Math.abs(quota)) * 100n) / BigInt(units.quota_per_unit);
    return `${quota < 0 ? '−' : ''}${sign(units)}${grouped(cents / 100n)}.${String(cents % 100n).padStart(2, '0')}`;
}

/** What a discount of this factor takes off, in whole or tenths of per cent, and as the Chinese say it: 0.95 is `5` and `95`. */
export function discount(factor: number): {percent: string; fold: string} | null {
    const mille = Math.round(factor * 1000);
    if (mille >= 1000 || mille <= 0) {
        return null;
    }
    const fold = mille % 100 === 0 ? String(mille / 100) : mille % 10 === 0 ? String(mille / 10) : (mille / 10).toFixed(1);
    const off = 1000 - mille;
    return {percent: off % 10 === 0 ? String(off / 10) : (off / 10).toFixed(1), fold};
}
