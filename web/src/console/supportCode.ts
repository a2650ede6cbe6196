/** The end of an order's number, which its payer reads to a person. */
export const supportCode = (order: string): string => `${order.slice(-8, -4)}-${order.slice(-4)}`;
