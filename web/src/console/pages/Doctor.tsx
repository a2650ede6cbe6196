import {useCallback, useEffect, useRef, useState, useSyncExternalStore} from 'react';
import {Link, useLocation, useSearch} from 'wouter';

import {Icon, Mark} from '../parts/Icon';
import {Why} from '../parts/Load';
import {Empty, Note, Title} from '../parts/Page';
import {Time} from '../parts/shown';
import {useEvery} from '../parts/useData';
import {useLanguage} from '../preferences';
import {useTexts} from '../texts';
import {lasting} from '../time';
import {DOCTOR} from './doctor/dictionary';
import {examination, examine, watch, type Row} from './doctor/examination';
import {CHECKS, counts, groups, partOf, report} from './doctor/report';
import './doctor/doctor.css';

const TICK_MS = 500;

/** A check's name; every provider has the same four. */
const nameOf = (check: string, texts: ReturnType<typeof DOCTOR.now>): string =>
    texts[check as 'SERVER_ADDRESS'] ?? texts[check.replace(/^.*_/, 'WECHAT_') as 'WECHAT_CLOCK'] ?? check;

export default function Doctor() {
    const texts = useTexts(DOCTOR);
    const language = useLanguage();
    const state = useSyncExternalStore(watch, examination);
    const [path, go] = useLocation();
    const asked = new URLSearchParams(useSearch()).has('run');
    const begun = useRef(false);
    useEffect(() => {
        if (asked && !begun.current) {
            begun.current = true;
            go(path, {replace: true});
            void examine();
        }
    }, [asked, go, path]);
    const {rows, running, error} = state;
    const count = counts(rows ?? []);
    const title = running ? texts.running : !rows ? texts.title : count.FAILED + count.WARNING === 0 ? texts.allRight
        : texts.summary(count.FAILED, count.WARNING) as string;
    const run = <button type="button" className="btn primary" disabled={running} onClick={() => void examine()}>
        <Icon name="again" size={16}/>{running ? texts.runningShort : rows ? texts.again : texts.run}</button>;
    return <>
        <Title name={texts.title} under={running ? <Running since={state.began}/> : rows ? <>{texts.took(rows.length, lasting(state.took, language))} · <Time at={new Date(state.began).toISOString()}/></> : texts.hint}
            acts={<>{rows && !running ? <CopyReport rows={rows}/> : null}{rows || running ? run : null}</>}>{title}</Title>
        {error === undefined ? null : <div role="alert"><Note kind="bad"><b>{texts.failed}</b> <Why error={error}/></Note></div>}
        <span role="status" className="vh">{running ? texts.running : rows ? title : ''}</span>
        {running ? <Pending/> : rows ? groups(rows).map(group => <Group key={group.of} {...group}/>) : error === undefined
            ? <Empty icon="doctor" title={texts.notYet} act={run}>{texts.notYetHint}</Empty> : null}
    </>;
}

/** How long it has been running; how far it is, the server does not say. */
function Running({since}: {since: number}) {
    const texts = useTexts(DOCTOR);
    const language = useLanguage();
    const [now, setNow] = useState(Date.now());
    useEvery(TICK_MS, () => setNow(Date.now()));
    return <>{texts.runningHint(CHECKS.length, lasting(Math.floor((now - since) / 1000) * 1000, language).replace('.0', ''))}</>;
}

function Pending() {
    const texts = useTexts(DOCTOR);
    return <>{groups(CHECKS.map(check => ({check, verdict: 'SKIPPED' as const, code: '', cause: '', remedy: ''}))).map(group => <section key={group.of} className="doc card" aria-busy="true">
        <GroupTitle of={group.of}/>
        <ul>{group.rows.map(row => <li key={row.check}><span className="vd wait" role="img" aria-label={texts.waiting}><i/></span><b>{nameOf(row.check, texts)}</b><div className="cause"><span className="sk bar"/></div></li>)}</ul>
    </section>)}</>;
}

function Group({of, rows}: {of: string; rows: readonly Row[]}) {
    return <section className="doc card"><GroupTitle of={of}/><ul>{rows.map(row => <Finding key={row.check} row={row}/>)}</ul></section>;
}

function GroupTitle({of}: {of: string}) {
    const texts = useTexts(DOCTOR);
    return <h2>{of === 'address' ? <Icon name="link"/> : <Mark method={of}/>}{texts[of as 'wechat'] ?? of}</h2>;
}

const SHOWN = {OK: {kind: 'ok', icon: 'check'}, WARNING: {kind: 'warn', icon: 'warn'}, FAILED: {kind: 'bad', icon: 'close'}, SKIPPED: {kind: 'none', icon: 'skip'}} as const;

/** One check: verdict, what was found, and how to mend it. */
function Finding({row}: {row: Row}) {
    const texts = useTexts(DOCTOR);
    const {kind, icon} = SHOWN[row.verdict];
    const part = partOf(row.check);
    return <li>
        <span className={`vd ${kind}`} role="img" aria-label={texts[row.verdict]}><Icon name={icon}/></span>
        <b>{nameOf(row.check, texts)}</b>
        <div className="cause">{row.cause} {row.verdict === 'OK' ? null : <code>{row.code}</code>}</div>
        {row.remedy === '' || row.verdict === 'OK' ? null : <div className={`fix note ${kind === 'none' ? '' : kind}`}>
            <Icon name={kind === 'bad' ? 'warn' : 'info'}/>
            <div className="note-text"><b>{texts.mend}</b><p>{row.remedy}</p></div>
            {part === null || row.verdict === 'SKIPPED' ? null : <Link className="link" href={`/settings/${part}`}>{texts.toSettings}</Link>}
        </div>}
    </li>;
}

function CopyReport({rows}: {rows: readonly Row[]}) {
    const texts = useTexts(DOCTOR);
    const [state, setState] = useState<'rest' | 'copied' | 'failed'>('rest');
    const copy = useCallback(() => {
        navigator.clipboard.writeText(report(rows, check => nameOf(check, texts))).then(() => setState('copied'), () => setState('failed'));
    }, [rows, texts]);
    return <>
        <button type="button" className="btn line" onClick={copy}><Icon name={state === 'copied' ? 'check' : 'copy'} size={16}/>{texts.copyReport}</button>
        <span role="status" className={state === 'failed' ? 'sm-t badc' : 'vh'}>{state === 'copied' ? texts.copied : state === 'failed' ? texts.notCopied : ''}</span>
    </>;
}
