import {useCallback, useEffect, useId, useRef, useState, type FormEvent} from 'react';
import {Link} from 'wouter';

import {grouped, shownFen} from '../money';
import {Load, Rows, Why} from '../parts/Load';
import {Empty, Note, Title} from '../parts/Page';
import {Time} from '../parts/shown';
import {useData} from '../parts/useData';
import {api} from '../session';
import {useTexts} from '../texts';
import {beijing} from '../time';
import {loadRows, nameOf, PAGE, save, type Row, type Search} from './audit/audit';
import {ChainOfHashes, LedgerProof} from './audit/Checks';
import {AUDIT} from './audit/dictionary';
import {later} from './reconcile/books';
import './audit/audit.css';

/** How many days are searched at first. */
const DAYS = 7;

/** The audit: what proves it, and its rows by day, event, order and user. */
export default function Audit() {
    const texts = useTexts(AUDIT);
    const [search, setSearch] = useState<Search>(() => {
        const today = beijing(new Date(api.now())).slice(0, 10);
        return {from: later(today, 1 - DAYS), to: later(today, 1), type: '', order: '', user: ''};
    });
    return <>
        <Title under={texts.under}>{texts.title}</Title>
        <div className="grid g2"><LedgerProof/><ChainOfHashes/></div>
        <Fields search={search} find={setSearch}/>
        <Found key={JSON.stringify(search)} search={search}/>
    </>;
}

function Fields({search, find}: {search: Search; find: (search: Search) => void}) {
    const texts = useTexts(AUDIT);
    const id = useId();
    const [typed, setTyped] = useState(search);
    const names = ['from', 'to', 'type', 'order', 'user'] as const;
    const submit = (event: FormEvent) => {
        event.preventDefault();
        find({...typed, order: typed.order.trim(), user: typed.user.trim(), type: typed.type.trim()});
    };
    return <form className="card box audit-search" onSubmit={submit} aria-label={texts.search}>
        <div className="audit-fields">{names.map(name => <div key={name} className="fld"><label htmlFor={`${id}${name}`}>{texts[name]}</label>
            <div className="inp"><input id={`${id}${name}`} type={name === 'from' || name === 'to' ? 'date' : 'text'} value={typed[name]} maxLength={128} autoComplete="off" spellCheck={false}
                placeholder={name === 'type' ? 'QuotaCredited' : undefined} onChange={event => setTyped({...typed, [name]: event.target.value})}/></div></div>)}</div>
        <div className="audit-acts"><button type="submit" className="btn primary">{texts.find}</button><Exports search={search}/></div>
    </form>;
}

function Exports({search}: {search: Search}) {
    const texts = useTexts(AUDIT);
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState<unknown>();
    const stop = useRef<AbortController | null>(null);
    useEffect(() => () => stop.current?.abort(), []);
    const run = async (format: 'csv' | 'ndjson') => {
        const mine = stop.current = new AbortController();
        setBusy(true);
        setError(undefined);
        await save(search, format, mine.signal).catch(e => mine.signal.aborted ? undefined : setError(e));
        setBusy(false);
    };
    return <>
        {busy ? <button type="button" className="btn line" onClick={() => stop.current?.abort()}>{texts.saving} · {texts.stop}</button> : <>
            <button type="button" className="btn line" onClick={() => void run('csv')}>{texts.csv}</button>
            <button type="button" className="btn line" onClick={() => void run('ndjson')}>{texts.ndjson}</button></>}
        {error === undefined ? null : <span role="alert" className="sm-t badc"><Why error={error}/></span>}
    </>;
}

function Found({search}: {search: Search}) {
    const texts = useTexts(AUDIT);
    const first = useData(useCallback((signal: AbortSignal) => loadRows(search, '', signal), [search]));
    const [older, setOlder] = useState<readonly Row[]>([]);
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState<unknown>();
    const rows = [...first.data ?? [], ...older];
    const more = async () => {
        setBusy(true);
        setError(undefined);
        await loadRows(search, rows.at(-1)!.after, new AbortController().signal).then(next => setOlder([...older, ...next]), setError);
        setBusy(false);
    };
    return <Load of={first} skeleton={<Rows count={8}/>}>{() => rows.length === 0 ? <Empty icon="search" title={texts.none}>{texts.noneHint}</Empty> : <div className="list">
        <section className="tbl card audit-rows" tabIndex={0} aria-label={texts.rows}><Table rows={rows}/></section>
        {error === undefined ? null : <div role="alert"><Note kind="bad"><Why error={error}/></Note></div>}
        {rows.length % PAGE === 0 ? <div className="pg"><span/><button type="button" className="btn line sm" disabled={busy} onClick={() => void more()}>{texts.more}</button></div> : null}
    </div>}</Load>;
}

function Table({rows}: {rows: readonly Row[]}) {
    const texts = useTexts(AUDIT);
    const money = (of: number | undefined, row: Row) => of === undefined ? '' : shownFen(of, row.currency);
    return <table>
        <thead><tr><th scope="col">{texts.time}</th><th scope="col">{texts.type}</th><th scope="col">{texts.about}</th>{[texts.moneyIn, texts.moneyOut, texts.quota].map(name => <th key={name} scope="col" className="r">{name}</th>)}
            <th scope="col">{texts.accounts}</th></tr></thead>
        <tbody>{rows.map(row => <tr key={row.after}>
            <td className="nw"><Time at={row.at} as="full"/></td>
            <th scope="row">{nameOf(row.type)}{row.repeated ? <span className="t3"> · {texts.repeated}</span> : null}</th>
            <td><span className="audit-about">{row.order ? <Link className="mono" href={`/orders/${encodeURIComponent(row.order)}`}>{row.order}</Link> : null}
                <span className="t2 sm-t">{[row.user ? texts.userIs(row.user) : '', row.actor ? texts.by(row.actor) : ''].filter(Boolean).join(' · ')}</span></span></td>
            <td className="r">{money(row.money_in, row)}</td><td className="r">{money(row.money_out, row)}</td><td className="r">{row.quota === undefined ? '' : grouped(String(row.quota))}</td>
            <td className="t2 sm-t nw">{row.debit_account || row.credit_account ? `${row.debit_account ?? ''} → ${row.credit_account ?? ''}` : ''}</td>
        </tr>)}</tbody>
    </table>;
}
