import {Refusal, Unreachable, type Api, type Code} from '../api/client';
import type {Payable} from '../../target/api';

/** How often one press of the button is tried. */
export const TRIES = 5;
/** Codes after which the same request, with the same key, may do: it makes one order however often it is asked. */
const TRANSIENT: ReadonlySet<Code> = new Set<Code>(['PROVIDER_UNREACHABLE', 'UNAVAILABLE']);
/** Codes that say that this key can never make an order that can be paid. */
const SPENT: ReadonlySet<Code> = new Set<Code>(['ORDER_ENDED', 'IDEMPOTENCY_CONFLICT']);
const WAIT_MS = 2000;
const MAX_WAIT_MS = 10_000;

/** What is bought. */
export interface Purchase {
    amount: number;
    method: string;
}

/** The keys of purchases that were begun and are not known to have ended. No secrets: a key alone does nothing. */
export class Keys {
    private static readonly NAME = 'sluice-keys';

    /**
     * @param store    where they outlive a reload; null in a browser that has none
     * @param lifetime of a key, in milliseconds: an order's time to be paid
     */
    constructor(private readonly store: Pick<Storage, 'getItem' | 'setItem'> | null, private readonly lifetime: number) {}

    /** The key of this purchase: the same one in every tab and after a reload, until it is forgotten. */
    of(purchase: Purchase): string {
        const keys = this.read();
        const name = this.nameOf(purchase);
        const known = keys[name];
        if (known) {
            return known.key;
        }
        const key = randomKey();
        this.write({...keys, [name]: {key, at: Date.now()}});
        return key;
    }

    /** The key with which this purchase was begun, or null. */
    known(purchase: Purchase): string | null {
        return this.read()[this.nameOf(purchase)]?.key ?? null;
    }

    /** The purchase has ended: the next press of the button is another one. */
    forget(purchase: Purchase): void {
        const {[this.nameOf(purchase)]: _, ...others} = this.read();
        this.write(others);
    }

    private nameOf({amount, method}: Purchase): string {
        return `${method} ${amount}`;
    }

    private memory: Record<string, {key: string; at: number}> = {};

    private read(): Record<string, {key: string; at: number}> {
        try {
            const text = this.store?.getItem(Keys.NAME);
            const all = text ? JSON.parse(text) as typeof this.memory : this.memory;
            return Object.fromEntries(Object.entries(all).filter(([, {at}]) => Date.now() - at < this.lifetime));
        } catch {
            return this.memory;
        }
    }

    private write(keys: typeof this.memory): void {
        this.memory = keys;
        try {
            this.store?.setItem(Keys.NAME, JSON.stringify(keys));
        } catch {
            // A full or forbidden store: the keys last as long as the page.
        }
    }
}

/** 128 random bits as a UUID; crypto.randomUUID is missing in some in-app browsers. */
function randomKey(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Places one order, however often it has to ask.
 *
 * @param trying is called before each further try, with its number
 * @throws Refusal when the server refuses, Unreachable when none of the tries had an answer
 */
export async function place(api: Api, keys: Keys, purchase: Purchase, trying: (attempt: number) => void = () => {}): Promise<Payable> {
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
        try {
            return await api.post('/api/user/{method}/pay', {
                path: {method: purchase.method},
                headers: {'Idempotency-Key': keys.of(purchase)},
                body: {amount: purchase.amount, payment_method: purchase.method},
            });
        } catch (e) {
            if (e instanceof Refusal && SPENT.has(e.code) && !renewed) {
                renewed = true;
                keys.forget(purchase);
                continue;
            }
            if (!(e instanceof Unreachable || (e instanceof Refusal && TRANSIENT.has(e.code))) || attempt >= TRIES) {
                if (e instanceof Refusal && !TRANSIENT.has(e.code) && e.status !== 401) {
                    keys.forget(purchase);
                }
                throw e;
            }
            await pause(Math.min(e instanceof Refusal && e.after ? e.after * 1000 : WAIT_MS, MAX_WAIT_MS));
            trying(attempt + 1);
        }
    }
}

function pause(milliseconds: number): Promise<void> {
    return new Promise(resolve => setTimeout(resolve, milliseconds));
}
