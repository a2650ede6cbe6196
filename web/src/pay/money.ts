/** An amount of yuan as people read it: `¥1,314.00`. It stays text: no cent passes through a binary fraction. */
export function yuan(money: string): string {
    const [whole = '0', cents = ''] = money.replace('-', '').split('.');
    return `${money.startsWith('-') ? '−' : ''}¥${grouped(whole)}.${cents.padEnd(2, '0')}`;
}

/** A whole number with its groups of three. */
export function grouped(digits: string): string {
    return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
