import {useCallback, useState} from 'react';
import {useLocation, useSearch} from 'wouter';

import {grouped, shown} from '../money';
import {Icon} from '../parts/Icon';
import {Load, Rows} from '../parts/Load';
import {Empty, Note, Title} from '../parts/Page';
import {useMethodName} from '../parts/shown';
import {useData} from '../parts/useData';
import {api} from '../session';
import {useTexts} from '../texts';
import {beijing} from '../time';
import {STATEMENT} from './statement/dictionary';
import {monthLater, total, type Line, type MonthStatement} from './statement/statement';
import './statement/statement.css';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
/** A statement of many days takes a moment. */
const FILE_WITHIN_MS = 60_000;

/** The statement of a month: by method, by day, and the balances before and after; as CSV, and on paper. */
export default function Statement() {
    const texts = useTexts(STATEMENT);
    const [, go] = useLocation();
    const given = new URLSearchParams(useSearch()).get('month') ?? '';
    const now = beijing(new Date(api.now())).slice(0, 7);
    const month = MONTH.test(given) ? given : now;
    const [failed, setFailed] = useState(false);
    const loaded = useData(useCallback((signal: AbortSignal) => api.other<MonthStatement>('get', '/api/reconcile/statement', {query: {month}, signal}), [month]));
    const to = (other: string) => go(`/statement?month=${other}`);
    const save = () => {
        setFailed(false);
        download(month).catch(() => setFailed(true));
    };
    return <>
        <Title under={texts.under} acts={<>
            <button type="button" className="btn line sq" aria-label={texts.before} onClick={() => to(monthLater(month, -1))}><Icon name="left"/></button>
            <button type="button" className="btn line sq" aria-label={texts.after} disabled={month >= now} onClick={() => to(monthLater(month, 1))}><Icon name="right"/></button>
            <button type="button" className="btn line" onClick={save}><Icon name="save" size={16}/>{texts.csv}</button>
            <button type="button" className="btn line" onClick={() => window.print()}>{texts.print}</button>
        </>}>{texts.title(month)}</Title>
        <div role="status">{failed ? <Note kind="bad">{texts.csvFailed}</Note> : null}</div>
        <Load of={loaded} skeleton={<Rows count={8}/>}>{statement => <div className="list statement">
            <Balances of={statement}/>
            {statement.days.length === 0 ? <Empty icon="sheet" title={texts.none}>{texts.noneHint}</Empty> : <>
                <Table name={texts.byMethod} lines={statement.totals} all/>
                <Table name={texts.byDay} lines={statement.days}/>
            </>}
        </div>}</Load>
    </>;
}

function Balances({of}: {of: MonthStatement}) {
    const texts = useTexts(STATEMENT);
    const rows = [[texts.issued, grouped(String(of.opening.issued_quota)), grouped(String(of.closing.issued_quota))],
        [texts.open, String(of.opening.open_differences), String(of.closing.open_differences)]] as const;
    return <section className="tbl card"><table>
        <caption className="vh">{texts.balances}</caption>
        <thead><tr><th scope="col"><span className="vh">{texts.balances}</span></th><th scope="col" className="r">{texts.opening}</th><th scope="col" className="r">{texts.closing}</th></tr></thead>
        <tbody>{rows.map(([name, before, after]) => <tr key={name}><th scope="row">{name}</th><td className="r">{before}</td><td className="r">{after}</td></tr>)}</tbody>
    </table></section>;
}

/** @param all a last row adds them up */
function Table({name, lines, all = false}: {name: string; lines: readonly Line[]; all?: boolean}) {
    const texts = useTexts(STATEMENT);
    const methodName = useMethodName();
    const columns = [texts.payments, texts.refunds, texts.gross, texts.refunded, texts.fees, texts.net];
    const cells = (line: Line) => [String(line.payments), String(line.refunds), shown(line.gross), shown(line.refunded), shown(line.fees), shown(line.net)].map((text, at) =>
        <td key={at} className="r" data-name={columns[at]}>{text}</td>);
    return <section className="tbl card lines"><table>
        <caption>{name}</caption>
        <thead><tr>{all ? null : <th scope="col">{texts.day}</th>}<th scope="col">{texts.method}</th>{columns.map(column => <th key={column} scope="col" className="r">{column}</th>)}</tr></thead>
        <tbody>
            {lines.map(line => <tr key={`${line.day} ${line.provider}`}>{all ? null : <th scope="row">{line.day}</th>}{all ? <th scope="row">{methodName(line.provider)}</th> : <td>{methodName(line.provider)}</td>}{cells(line)}</tr>)}
            {all ? <tr className="sum"><th scope="row">{texts.total}</th>{cells(total(lines))}</tr> : null}
        </tbody>
    </table></section>;
}

/** The session counts only with this page's header, so a bare link would be refused. */
async function download(month: string): Promise<void> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), FILE_WITHIN_MS);
    try {
        const answer = await api.fetch(`/api/reconcile/statement?${new URLSearchParams({month, format: 'csv'})}`, {signal: stop.signal});
        if (!answer.ok) {
            throw new Error(`HTTP ${answer.status}`);
        }
        const link = document.createElement('a');
        link.href = URL.createObjectURL(await answer.blob());
        link.download = `statement-${month}.csv`;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), FILE_WITHIN_MS);
    } finally {
        clearTimeout(timer);
    }
}
