import type {ComponentChildren} from 'preact';
import {useEffect, useRef, useState} from 'preact/hooks';

import type {OrderView} from '../../target/api';
import {useEnv} from './env';
import {Icon, type IconName} from './icons';
import {inBeijing, timeOfDay} from './time';

/** An amount of money with its sign smaller than its figures. */
export function Money({text, big}: {text: string; big?: boolean}) {
    return <span class={big ? 'huge' : 'nw'}><span class="cur">{text[0]}</span>{text.slice(1)}</span>;
}

/** A sentence that is not the page's own state: an icon, words, at most one button. */
export function Note({tone, icon = tone === 'warn' || tone === 'bad' ? 'warn' : 'info', title, children, role}:
    {tone?: 'info' | 'warn' | 'bad' | 'ok'; icon?: IconName; title?: string; children?: ComponentChildren; role?: 'alert' | 'status'}) {
    return <div class={`note ${tone ?? ''}`} role={role}><Icon name={icon} /><span>{title && <b>{title}</b>}{title && children && <br />}{children}</span></div>;
}

/** A number to copy; says so when it was. */
export function Copy({text, label, shown = text, button}: {text: string; label: string; shown?: string; button?: boolean}) {
    const {t, say} = useEnv();
    const [copied, setCopied] = useState(false);
    useEffect(() => {
        const timer = copied ? setTimeout(() => setCopied(false), 2000) : undefined;
        return () => clearTimeout(timer);
    }, [copied]);
    const copy = async () => {
        if (await toClipboard(text)) {
            setCopied(true);
            say(t.copied);
        }
    };
    return button
        ? <button class="btn line sm" type="button" onClick={copy}><Icon name={copied ? 'check' : 'copy'} size={16} />{copied ? t.copied : label}</button>
        : <button class="copy mono" type="button" aria-label={label} onClick={copy}>{shown}<Icon name={copied ? 'check' : 'copy'} size={16} /></button>;
}

/** Copies, also where the clipboard's interface is missing, as in some in-app browsers. */
export async function toClipboard(text: string): Promise<boolean> {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        const field = document.createElement('textarea');
        field.value = text;
        field.setAttribute('readonly', '');
        field.style.position = 'fixed';
        field.style.opacity = '0';
        document.body.append(field);
        field.select();
        const done = document.execCommand('copy');
        field.remove();
        return done;
    }
}

/** A moment in the reader's zone, Beijing's on hover. */
export function Time({at, seconds = true}: {at: string; seconds?: boolean}) {
    const {language} = useEnv();
    return <time dateTime={at} title={inBeijing(at, language)}>{timeOfDay(at, seconds)}</time>;
}

/** The time left, as a ring with figures in it. */
export function Ring({left, whole, size = 64, text}: {left: number; whole: number; size?: number; text?: string}) {
    const width = 3;
    const radius = (size - width) / 2;
    const length = 2 * Math.PI * radius;
    const share = Math.min(1, Math.max(0, left / whole));
    return <span class="count"><svg class={`ring ${left < 60_000 ? 'low' : ''}`} width={size} height={size} viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
        <circle class="track" cx={size / 2} cy={size / 2} r={radius} stroke-width={width} />
        <circle class="arc" cx={size / 2} cy={size / 2} r={radius} stroke-width={width} stroke-dasharray={length.toFixed(1)}
            stroke-dashoffset={(length * (1 - share)).toFixed(1)} transform={`rotate(-90 ${size / 2} ${size / 2})`} />
    </svg>{text && <b>{text}</b>}</span>;
}

/** Ordered, paid, credited: done only when the server says so. */
export function Steps({order}: {order: OrderView | null}) {
    const {t} = useEnv();
    const step = order === null || order.status === 'NEW' ? 0 : order.status === 'PAID' || order.status === 'HELD' ? 2 : order.credited_at !== null ? 3 : 1;
    const steps = [
        {text: t.ordered, at: order?.created_at},
        {text: step > 1 ? t.paidStep : t.payment, at: order?.paid_at},
        {text: t.credit, at: order?.credited_at, hint: t.usuallySeconds},
    ];
    return <ol class="steps">{steps.map(({text, at, hint}, i) => {
        const state = i < step ? 'done' : i === step ? (order?.status === 'HELD' ? 'now held' : 'now') : '';
        return <li key={i} class={state} {...(i === step ? {'aria-current': 'step' as const} : {})}>
            <span class="pip">{i < step && <Icon name="check" size={14} />}</span><span>{text}</span>
            {i < step && at ? <Time at={at} /> : i > step && hint ? <span class="d">{hint}</span> : null}
        </li>;
    })}</ol>;
}

/** A state that fills the page: a title, a sentence, one button. */
export function Whole({icon, title, text, children, alert}: {icon: IconName; title: string; text?: string; children?: ComponentChildren; alert?: boolean}) {
    return <section class="done-card card"><div class="seal wait"><Icon name={icon} size={28} /></div>
        <div class="words" role={alert ? 'alert' : undefined}><h1>{title}</h1>{text && <p class="t2">{text}</p>}</div>{children && <div class="acts">{children}</div>}</section>;
}

/** A heading that takes the focus when what it names has changed, so that a screen reader reads on from here. */
export function useFocusOn(change: unknown, wanted: boolean) {
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(() => {
        if (wanted) {
            heading.current?.focus({preventScroll: true});
        }
    }, [change, wanted]);
    return heading;
}
