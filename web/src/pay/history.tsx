import {useEffect, useRef, useState} from 'preact/hooks';

import {Refusal} from '../api/client';
import type {OrderView} from '../../target/api';
import {CheckAnswer} from './cashier';
import {askProvider} from './checking';
import {useEnv, useNow} from './env';
import {Icon, Mark} from './icons';
import {quotaText, yuan} from './money';
import {SignedOut} from './order-page';
import {Copy, Money, Whole} from './parts';
import {HeldWhy} from './result';
import {methodName} from './texts';
import {clock, day, inBeijing, secondsBetween, timeOfDay} from './time';
import {view, type Check} from './view';

const PAGE_SIZE = 20;
/** The payer's words for statuses, and which they are. */
const FILTERS = {
    'all': [],
    'to-pay': ['NEW', 'AWAITING_PAYMENT'],
    'in-progress': ['PAID', 'HELD', 'REFUNDING'],
    'credited': ['CREDITED', 'PARTIALLY_REFUNDED'],
    'refunded': ['REFUNDING', 'PARTIALLY_REFUNDED', 'REFUNDED'],
} as const;
type Filter = keyof typeof FILTERS;

/** All orders of the payer, the newest first. */
export function History({filter}: {filter?: string}) {
    const {api, t, offer, balance, go, language} = useEnv();
    const [chosen, setChosen] = useState<Filter>(filter !== undefined && filter in FILTERS ? filter as Filter : 'all');
    const [text, setText] = useState('');
    const [typed, setTyped] = useState('');
    const [pages, setPages] = useState(1);
    const {rows, more, state, again, change} = useRows(chosen, text, pages);
    const [quota, setQuota] = useState<number | null>(null);
    const now = useNow(api, rows.some(row => row.status === 'AWAITING_PAYMENT' || row.status === 'PAID'));
    useEffect(() => {
        api.get('/api/user/quota').then(answer => setQuota(answer.quota), () => {});
    }, [api]);
    useEffect(() => {
        const timer = setTimeout(() => { setText(typed.trim()); setPages(1); }, 300);
        return () => clearTimeout(timer);
    }, [typed]);
    if (state instanceof Refusal && state.status === 401) {
        return <SignedOut />;
    }
    const names: [Filter, string][] = [['all', t.all], ['to-pay', t.toPay], ['in-progress', t.inProgress], ['credited', t.creditedFilter], ['refunded', t.refundedFilter]];
    return <div class="hist">
        <div class="head"><h1>{t.historyHeading}</h1><p class="bal"><small>{balance ? t.balance : t.creditedSoFar}</small>
            <b>{balance ?? (quota !== null && offer ? quotaText(quota, offer) : <span class="sk bal-sk" />)}</b></p></div>
        <div class="tools"><div class="seg" role="group" aria-label={t.filter}>{names.map(([name, label]) =>
            <button key={name} type="button" aria-pressed={chosen === name} onClick={() => { setChosen(name); setPages(1); }}>{label}</button>)}</div>
        <label class="srch"><Icon name="search" size={16} /><input type="search" placeholder={t.findHint} aria-label={t.find} value={typed} maxLength={64} autocomplete="off"
            onInput={event => setTyped(event.currentTarget.value)} /></label></div>
        {state === 'loading' && rows.length === 0 ? <ul class="rows card" aria-busy="true">{[0, 1, 2].map(i => <li key={i}><span class="sk row-sk" /></li>)}</ul>
            : state !== 'loading' && state !== 'shown' ? <Whole icon="warn" title={t.failed} text={t.failedHint} alert><button class="btn primary" type="button" onClick={again}>{t.retry}</button></Whole>
            : rows.length === 0 ? text || chosen !== 'all' ? <Whole icon="search" title={t.nothingFound} text={t.nothingFoundHint} />
                : <Whole icon="list" title={t.empty} text={t.emptyHint}><button class="btn primary" type="button" onClick={() => go({page: 'top-up'})}>{t.goTopUp}</button></Whole>
            : <ul class="rows card">{rows.map(row => <Row key={row.order_id} order={row} now={now} language={language} change={change} />)}</ul>}
        {more && <div class="earlier"><button class="btn line" type="button" aria-busy={state === 'loading'} onClick={() => setPages(pages + 1)}>{t.earlier}</button></div>}
    </div>;
}

/** The rows of the first pages; older rows stay while new ones load. */
function useRows(filter: Filter, text: string, pages: number) {
    const {api} = useEnv();
    const [rows, setRows] = useState<OrderView[]>([]);
    const [total, setTotal] = useState(0);
    const [state, setState] = useState<'loading' | 'shown' | unknown>('loading');
    const [round, setRound] = useState(0);
    const shown = useRef('');
    useEffect(() => {
        const stop = new AbortController();
        const wanted = `${filter} ${text}`;
        setState('loading');
        api.get('/api/user/topup/self', {query: {p: pages, page_size: PAGE_SIZE, ...(text ? {keyword: text} : {}), ...statusOf(filter)}, signal: stop.signal}).then(answer => {
            const before = pages > 1 && shown.current === wanted;
            shown.current = wanted;
            setRows(old => [...(before ? old.filter(row => !answer.items.some(item => item.order_id === row.order_id)) : []), ...answer.items]);
            setTotal(answer.total);
            setState('shown');
        }, e => {
            if (!stop.signal.aborted) {
                setState(e);
            }
        });
        return () => stop.abort();
    }, [api, filter, text, pages, round]);
    return {
        rows, state, more: total > pages * PAGE_SIZE, again: () => setRound(round + 1),
        change: (order: OrderView) => setRows(old => old.map(row => (row.order_id === order.order_id ? order : row))),
    };
}

function statusOf(filter: Filter): {status?: OrderView['status'][]} {
    const statuses = FILTERS[filter];
    return statuses.length === 0 ? {} : {status: [...statuses]};
}

function Row({order, now, language, change}: {order: OrderView; now: number; language: 'zh-CN' | 'en'; change: (order: OrderView) => void}) {
    const {t, go} = useEnv();
    const {face, left, payable} = view(order, now);
    const waits = face === 'held' || order.held.some(payment => payment.decision === null);
    const [open, setOpen] = useState(waits);
    const refunded = order.refunded_money;
    const paid = order.paid_money;
    const tone = {preparing: 'info', waiting: 'info', expired: 'mute', paid: 'info', credited: 'ok', held: 'warn', closed: 'mute', refunding: 'info', partly: 'mute', refunded: 'mute'}[face];
    const side = refunded ? t.refunded(yuan(refunded)) : face === 'credited' && order.paid_at && order.credited_at ? t.creditedIn(secondsBetween(order.paid_at, order.credited_at))
        : face === 'closed' || face === 'expired' ? t.noPayment : face === 'waiting' ? t.left(clock(left))
        : paid !== null && paid !== order.money ? `${t.due} ${yuan(order.money)}` : '';
    return <li><div class="rowi"><Mark method={order.payment_method} />
        <div class="a">{quotaText(order.quota, order)} <span class={`chip ${tone}`}><i />{face === 'expired' ? t.expiredChip : face === 'refunded' && order.status === 'CLOSED' ? t.refundedChip : t.chip[order.status]}</span></div>
        <div class={`m ${face === 'closed' || face === 'expired' ? 't3' : ''}`}><Money text={yuan(paid ?? order.money)} /></div>
        <div class="b"><time dateTime={order.created_at} title={inBeijing(order.created_at, language)}>{day(order.created_at, now, language, t)} {timeOfDay(order.created_at, false)}</time>
            <Copy text={order.order_id} label={t.copyOrder(order.order_id)} /></div>
        <div class="c">{side}</div></div>
        {(face !== 'credited' || waits) && <>
            <div class="inl">{payable && <button class="btn primary sm" type="button" onClick={() => go({page: 'order', id: order.order_id})}>{t.continuePaying}</button>}
                <button class="link" type="button" aria-expanded={open} onClick={() => setOpen(!open)}>{t.whereIsMyMoney}<Icon name="down" size={16} /></button></div>
            {open && <Where order={order} now={now} change={change} />}</>}
    </li>;
}

/** Where the money of this order is, and what to send to support. */
function Where({order, now, change}: {order: OrderView; now: number; change: (order: OrderView) => void}) {
    const {api, t} = useEnv();
    const [check, setCheck] = useState<Check>({state: 'none'});
    const {face, canCheck} = view(order, now);
    const waits = face === 'held' || order.held.some(payment => payment.decision === null);
    const name = methodName(t, order.payment_method);
    const text = face === 'waiting' || face === 'preparing' ? t.where.toPay(timeOfDay(order.expires_at, false)) : face === 'paid' ? t.where.paid(name, yuan(order.money))
        : waits ? <HeldWhy order={order} /> : face === 'refunding' ? t.where.refunding(name) : face === 'partly' || face === 'refunded' ? t.where.refunded(name) : t.where.closed;
    const ask = async () => {
        setCheck({state: 'asking'});
        setCheck(await askProvider(api, order.order_id, change));
    };
    return <div class={`where ${waits ? 'warn' : ''}`}><p>{text}</p><CheckAnswer check={check} method={name} or={null} />
        <div class="sup"><span><small>{t.supportHint}</small><b>{order.support_code}</b></span><span class="sup-acts">
            {canCheck && <button class="btn line sm" type="button" disabled={check.state === 'asking'} onClick={() => void ask()}>{t.iHavePaid}</button>}
            <Copy button text={order.support_code} label={t.copyCode} /></span></div></div>;
}
