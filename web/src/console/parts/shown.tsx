import {createContext, useContext, useEffect, useRef, useState} from 'react';

import {grouped, shown, units, type Display} from '../money';
import {useTexts} from '../texts';
import {beijing, clock, short, stamp} from '../time';
import {Icon, Mark} from './Icon';
import {COMMON} from './dictionary';

/** How quota is shown; the server's setting. */
export const DisplayContext = createContext<Display>({type: 'TOKENS', perUnit: 0});

export function Money({of, currency}: {of: string; currency?: string}) {
    return <span className="nw">{shown(of, currency)}</span>;
}

/** Quota in the display's units, the count beside it; `bare` shows the count alone. */
export function Quota({of, bare = false}: {of: number; bare?: boolean}) {
    const display = useContext(DisplayContext);
    const count = grouped(String(of));
    const unit = bare ? null : units(of, display);
    return unit === null ? <span className="nw">{count}</span> : <span className="nw">{unit} <span className="t3">{count}</span></span>;
}

/** A time in the reader's zone, Beijing's on hover. `short` is the clock alone today, else the date before it. */
export function Time({at, as = 'short', now}: {at: string; as?: 'short' | 'clock' | 'fine' | 'full'; now?: number}) {
    const {beijing: said} = useTexts(COMMON);
    const time = new Date(at);
    const text = as === 'full' ? stamp(time) : as === 'short' ? short(time, now ?? Date.now()) : clock(time, as === 'fine');
    return <time className="nw" dateTime={at} title={said(beijing(time)) as string}>{text}</time>;
}

const KINDS: Record<string, string> = {NEW: 'info', AWAITING_PAYMENT: 'info', PAID: 'info', CREDITED: 'ok', HELD: 'warn', CLOSED: '', REFUNDING: 'warn', PARTIALLY_REFUNDED: '', REFUNDED: ''};

export type Status = 'NEW' | 'AWAITING_PAYMENT' | 'PAID' | 'CREDITED' | 'HELD' | 'CLOSED' | 'REFUNDING' | 'PARTIALLY_REFUNDED' | 'REFUNDED';

/** An order's status: dot and text. */
export function StatusChip({status}: {status: Status}) {
    return <Chip kind={KINDS[status] ?? ''}>{useTexts(COMMON)[status]}</Chip>;
}

export function Chip({kind, children}: {kind: string; children: string}) {
    return <span className={`chip ${kind}`}><i/>{children}</span>;
}

export function useMethodName(): (method: string) => string {
    const texts = useTexts(COMMON);
    return method => method === 'wechat' || method === 'alipay' ? texts[method] : method;
}

export function Method({of}: {of: string}) {
    return <span className="meth"><Mark method={of}/>{useMethodName()(of)}</span>;
}

const COPIED_FOR_MS = 2_000;

/** A number to copy. @param what its name in the reader's language: "order number" */
export function Copy({text, what}: {text: string; what: string}) {
    const texts = useTexts(COMMON);
    const [state, setState] = useState<'rest' | 'copied' | 'failed'>('rest');
    const timer = useRef(0);
    useEffect(() => () => clearTimeout(timer.current), []);
    const copy = async () => {
        setState(await written(text) ? 'copied' : 'failed');
        clearTimeout(timer.current);
        timer.current = window.setTimeout(() => setState('rest'), COPIED_FOR_MS);
    };
    return <>
        <button type="button" className="copy mono" onClick={copy} aria-label={`${texts.copy(what)} ${text}`}>
            <span>{text}</span><Icon name={state === 'copied' ? 'check' : 'copy'} size={16}/>
        </button>
        <span role="status" className={state === 'failed' ? 'sm-t badc' : 'vh'}>
            {state === 'copied' ? texts.copied : state === 'failed' ? texts.notCopied : ''}
        </span>
    </>;
}

async function written(text: string): Promise<boolean> {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return false;
    }
}
