import type {AmountPrice} from '../../target/api';

/** How long a payer pauses between two keys before the price is asked. */
export const PAUSE_MS = 300;

export type Price = {state: 'asking'; last: AmountPrice | null} | {state: 'known'; price: AmountPrice} | {state: 'failed'; reason: unknown; last: AmountPrice | null};

/**
 * Asks for the price of what is chosen now. The answer to the newest question wins, however late an older one comes;
 * until then the last known price is handed on as what it is, an old one.
 */
export class Prices {
    private newest = 0;
    private last: AmountPrice | null = null;
    private timer: ReturnType<typeof setTimeout> | undefined;
    private stop = new AbortController();

    /**
     * @param ask    asks the server
     * @param listen is called with each change
     */
    constructor(private readonly ask: (amount: number, method: string, signal: AbortSignal) => Promise<AmountPrice>,
        private readonly listen: (price: Price) => void) {}

    /** @param pause whether the payer is typing, so that more keys may follow */
    choose(amount: number, method: string, pause: boolean): void {
        this.end();
        const question = ++this.newest;
        this.listen({state: 'asking', last: this.last});
        this.timer = setTimeout(() => void this.answer(question, amount, method), pause ? PAUSE_MS : 0);
    }

    /** What was asked is not wanted any more. */
    end(): void {
        this.newest++;
        clearTimeout(this.timer);
        this.stop.abort();
        this.stop = new AbortController();
    }

    private async answer(question: number, amount: number, method: string): Promise<void> {
        try {
            const price = await this.ask(amount, method, this.stop.signal);
            if (question === this.newest) {
                this.last = price;
                this.listen({state: 'known', price});
            }
        } catch (reason) {
            if (question === this.newest) {
                this.listen({state: 'failed', reason, last: this.last});
            }
        }
    }
}

/** The whole number that was typed; null when nothing was, NaN when it is none. */
export function typedAmount(text: string): number | null {
    const digits = text.replace(/[\s,，]/g, '').replace(/[０-９]/g, digit => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
    if (digits === '') {
        return null;
    }
    return /^\d{1,16}$/.test(digits) && Number(digits) <= Number.MAX_SAFE_INTEGER ? Number(digits) : NaN;
}
