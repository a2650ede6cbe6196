/** The end of an order's number, which its payer reads to a person. */
export const supportCode = (order: string): string => `${order.slice(-8, -4)}-${order.slice(-4)}`;

/** A number as a payer sends it, without blanks and quotes. Ours are in capitals; the case of a provider's number counts. */
export function searched(text: string): string {
    const bare = text.replace(/[\s"'`“”「」]/g, '');
    return /^01[0-9a-z]{2,24}$/i.test(bare) ? bare.toUpperCase() : bare;
}
