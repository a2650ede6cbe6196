import {useCallback, useState} from 'react';
import {Link, useParams} from 'wouter';

import {Refusal} from '../../api/client';
import {grouped, shown} from '../money';
import {Confirm} from '../parts/Confirm';
import {Icon} from '../parts/Icon';
import {Load, Rows} from '../parts/Load';
import {Empty, Note, Title} from '../parts/Page';
import {useMethodName} from '../parts/shown';
import {useData} from '../parts/useData';
import {api, useSession} from '../session';
import {useTexts} from '../texts';
import {short} from '../time';
import {later, loadDay, totals, type Day} from './reconcile/books';
import {Cases} from './reconcile/Cases';
import {RECONCILE} from './reconcile/dictionary';
import './reconcile/reconcile.css';

const EVERY_MS = 15_000;
const SOON_MS = 3_000;
const PROVIDERS = ['wechat', 'alipay'] as const;

/** A day of a provider: the totals of both sides, and each difference. */
export default function ReconcileDay() {
    const texts = useTexts(RECONCILE);
    const {provider = '', day = ''} = useParams<{provider: string; day: string}>();
    const methodName = useMethodName();
    const session = useSession();
    const [pages, setPages] = useState(1);
    const [asked, setAsked] = useState(false);
    const [said, setSaid] = useState<{text: string; soon: boolean} | null>(null);
    const loaded = useData(useCallback(async (signal: AbortSignal) => {
        try {
            return await loadDay(provider, day, pages, signal);
        } catch (e) {
            if (e instanceof Refusal && e.code === 'NOT_FOUND') {
                return null;
            }
            throw e;
        }
    }, [provider, day, pages]), said?.soon ? SOON_MS : EVERY_MS);
    const may = session.state === 'in' && session.self.roles.includes('operator');
    const go = (to: string) => `/reconcile/${provider}/${to}`;
    return <>
        <Title under={loaded.data ? <Under day={loaded.data.day}/> : undefined} acts={<>
            <Link className="btn line sq" href={go(later(day, -1))} aria-label={texts.back}><Icon name="left"/></Link>
            <Link className="btn line sq" href={go(later(day, 1))} aria-label={texts.forth}><Icon name="right"/></Link>
            {may ? <button type="button" className="btn line" onClick={() => setAsked(true)}><Icon name="again" size={16}/>{texts.run}</button> : null}
        </>}>{texts.dayTitle(day)}</Title>
        <nav className="subnav" aria-label={texts.providers}>{PROVIDERS.map(one =>
            <Link key={one} href={`/reconcile/${one}/${day}`} aria-current={one === provider ? 'page' : undefined}>{methodName(one)}</Link>)}</nav>
        <div role="status">{said ? <Note kind="info">{said.text}</Note> : null}</div>
        <Load of={loaded} skeleton={<Rows count={6}/>}>{detail => detail === null ? <Empty icon="books" title={texts.noDay}>{texts.noDayHint}</Empty> : <>
            {detail.day.bill ? null : <Note kind={detail.day.state === 'EMPTY' ? '' : 'warn'}>{detail.day.state === 'EMPTY' ? texts.empty : texts.noBill}{detail.day.answer ? ` · ${texts.answered(detail.day.answer)}` : ''}</Note>}
            <Totals day={detail.day}/>
            {detail.cases.length === 0 ? detail.day.bill ? <Empty icon="check" title={texts.allAgree}>{texts.allAgreeHint}</Empty> : null
                : <Cases cases={detail.cases} may={may} done={() => {
                    setSaid({text: texts.resolved, soon: false});
                    loaded.retry();
                }}/>}
            {detail.next ? <button type="button" className="btn line" aria-busy={loaded.busy} onClick={() => setPages(pages + 1)}>{texts.showMore}</button> : null}
        </>}</Load>
        {asked ? <RunAgain provider={provider} day={day} close={() => setAsked(false)} done={() => {
            setSaid({text: texts.ran, soon: true});
            loaded.retry();
        }}/> : null}
    </>;
}

function Under({day}: {day: Day}) {
    const texts = useTexts(RECONCILE);
    const {bill} = day;
    return <>{bill ? texts.fetched(short(new Date(bill.stored_at), api.now()), Number(bill.payments) + Number(bill.refunds), bill.version) : texts.noBill} · <span className="mono">{day.account}</span></>;
}

function Totals({day}: {day: Day}) {
    const texts = useTexts(RECONCILE);
    const names = {payments: texts.payments, paid: texts.paidRow, refunds: texts.refunds, refunded: texts.refundedRow, balance: texts.balance};
    const none = <span className="t3">–</span>;
    return <section className="tbl card totals"><table>
        <caption className="vh">{texts.totals}</caption>
        <thead><tr><th scope="col"><span className="vh">{texts.item}</span></th>{[texts.bill, texts.log, texts.more].map(name => <th key={name} scope="col" className="r">{name}</th>)}</tr></thead>
        <tbody>
            {totals(day).map(row => <tr key={row.row}><th scope="row">{names[row.row]}</th><td className="r">{row.bill ?? none}</td><td className="r">{row.log}</td>
                <td className="r">{row.more === null ? none : <b className="warnc">{row.more}</b>}</td></tr>)}
            {day.bill ? <><tr><th scope="row">{texts.fee}</th><td className="r">{shown(day.bill.sums.fee)}</td><td className="r">{none}</td><td className="r">{none}</td></tr>
                <tr><th scope="row">{texts.net}</th><td className="r"><b>{shown(day.bill.sums.net)}</b></td><td className="r">{none}</td><td className="r">{none}</td></tr></> : null}
            <tr><th scope="row">{texts.credited}</th><td className="r">{none}</td><td className="r">{grouped(String(day.log.credited))}</td><td className="r">{none}</td></tr>
        </tbody>
    </table></section>;
}

function RunAgain({provider, day, done, close}: {provider: string; day: string; done: () => void; close: () => void}) {
    const texts = useTexts(RECONCILE);
    return <Confirm title={texts.runTitle} act={texts.runAct} note={texts.runNote} close={close} bare run={async () => {
        await api.other('post', '/api/reconcile/{provider}/{day}/run', {path: {provider, day}});
        done();
    }}/>;
}
