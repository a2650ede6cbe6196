import {useCallback, useState} from 'react';
import {Link, useParams} from 'wouter';

import {Refusal} from '../../api/client';
import {shownFen} from '../money';
import {Icon} from '../parts/Icon';
import {Bar, Load, Rows} from '../parts/Load';
import {HoldCard} from '../parts/hold/HoldCard';
import {AskRefund} from '../parts/refund/AskRefund';
import {REFUND} from '../parts/refund/dictionary';
import {refundable, type Refund, type Refunds} from '../parts/refund/model';
import {codeText} from '../parts/refund/RefundItem';
import {Empty, Note, Title} from '../parts/Page';
import {StatusChip} from '../parts/shown';
import {useData} from '../parts/useData';
import {useLanguage} from '../preferences';
import {api, useSession} from '../session';
import {useTexts} from '../texts';
import {lasting} from '../time';
import {Acts} from './order/Acts';
import {ORDER} from './order/dictionary';
import {Facts} from './order/Facts';
import {drawn, entriesOf, first, payments, type OrderTimeline} from './order/model';
import {Path} from './order/Path';
import {OrderRefunds} from './order/Refunds';
import {Story} from './order/Story';
import {TimelineEntry} from './order/TimelineEntry';

/** An order is looked at again this often: soon after an act, seldom once it is at its end. */
const SOON_MS = 2_000;
const LIVE_MS = 5_000;
const SELDOM_MS = 30_000;
/** How long after an act its answer may still come. */
const ANSWER_WITHIN_MS = 20_000;
/** Nothing more is to come, or nothing soon. */
const RESTS: readonly (string | undefined)[] = [undefined, 'CREDITED', 'CLOSED', 'PARTIALLY_REFUNDED', 'REFUNDED'];

export default function OrderPage() {
    const texts = useTexts(ORDER);
    const {order = ''} = useParams<{order: string}>();
    const [acted, setActed] = useState<{said: string; at: number} | null>(null);
    const [every, setEvery] = useState(LIVE_MS);
    const load = useCallback(async (signal: AbortSignal) => {
        try {
            const timeline = await api.get('/api/topup/{orderId}/timeline', {path: {orderId: order}, signal});
            const paid = payments(entriesOf(timeline));
            const open = paid.some(payment => payment.held && !payment.decided);
            const [holds, refunds] = await Promise.all([open ? api.get('/api/topup/holds', {signal}) : [],
                paid.length > 0 ? api.get('/api/topup/{orderId}/refunds', {path: {orderId: order}, signal}) : null]);
            return {timeline, holds: holds.filter(hold => hold.order_id === order), refunds};
        } catch (e) {
            if (e instanceof Refusal && e.code === 'NOT_FOUND') {
                return null;
            }
            throw e;
        }
    }, [order]);
    const loaded = useData(load, every);
    const status = loaded.data?.timeline.status;
    const recent = acted !== null && Date.now() - acted.at < ANSWER_WITHIN_MS;
    const wanted = recent ? SOON_MS : RESTS.includes(status) ? SELDOM_MS : LIVE_MS;
    if (wanted !== every) {
        setEvery(wanted);
    }
    const done = (said: string) => {
        setActed({said, at: Date.now()});
        loaded.retry();
    };
    return <>
        <nav className="pathline" aria-label={texts.where}><Link href="/orders">{texts.orders}</Link><Icon name="right" size={14}/><span className="mono">{order}</span></nav>
        <Load of={loaded} skeleton={<Skeleton/>}>{data => data === null
            ? <><Title name={texts.order}>{texts.noKnown}</Title><Empty icon="search" title={texts.noKnown}>{texts.noKnownHint}</Empty></>
            : <Known {...data} order={order} done={done} said={acted && recent ? acted.said : ''}/>}</Load>
    </>;
}

function Skeleton() {
    return <div className="grid"><Bar width={220} height={28}/><Bar height={64}/><Bar height={120}/><Rows count={6} height={56}/></div>;
}

type Holds = Parameters<typeof HoldCard>[0]['hold'][];

function Known({timeline, holds, refunds, order, done, said}: {timeline: OrderTimeline; holds: Holds; refunds: Refunds | null; order: string; done: (said: string) => void; said: string}) {
    const texts = useTexts(ORDER);
    const refundTexts = useTexts(REFUND);
    const session = useSession();
    const may = session.state === 'in' && session.self.roles.includes('operator');
    const entries = entriesOf(timeline);
    const created = first(entries, 'OrderCreated');
    const money = created ? shownFen(created.data.money.minor_units, created.data.money.currency) : null;
    return <>
        <Title name={`${texts.order} ${order}`} acts={may ? <>
            {created ? <Acts order={order} created={created} status={timeline.status} done={act => done(act === 'check' ? texts.checkAsked : texts.cancelAsked)}/> : null}
            {refunds && refundable(refunds.payments).length > 0 ? <RefundButton order={order} refunds={refunds} done={done}/> : null}
        </> : null}>
            <span className="amount">{money ?? texts.foreign}{timeline.status ? <StatusChip status={timeline.status}/> : null}</span>
        </Title>
        <div role="status">{said ? <Note kind="info">{said}</Note> : null}</div>
        <Story entries={entries} status={timeline.status} payments={refunds?.payments ?? []}/>
        {entries.length > 1 ? <Path entries={entries}/> : null}
        {holds.length > 0 ? <section className="grid" aria-label={texts.openHolds}>{holds.map(hold =>
            <HoldCard key={hold.transaction_id} hold={hold} now={api.now()} may={may} decided={() => done(texts.decidedNote)}/>)}</section> : null}
        {refunds && refunds.refunds.length > 0 ? <OrderRefunds refunds={refunds} decided={() => done(refundTexts.decided)}/> : null}
        <div className="grid gm">
            <section className="card" aria-label={texts.timeline}><Timeline timeline={timeline}/></section>
            <Facts order={order} entries={entries} refundable={refunds?.payments ?? []}/>
        </div>
    </>;
}

function RefundButton({order, refunds, done}: {order: string; refunds: Refunds; done: (said: string) => void}) {
    const texts = useTexts(REFUND);
    const [asked, setAsked] = useState(false);
    const came = ({state}: Refund) => state.status === 'REFUSED' ? `${texts.came_REFUSED} ${codeText(texts, state.code)}` : state.status === 'WAITING' ? texts.came_WAITING : texts.came;
    return <>
        <button type="button" className="btn line" onClick={() => setAsked(true)}><Icon name="back" size={16}/>{texts.refund}</button>
        {asked ? <AskRefund order={order} refunds={refunds} done={refund => done(came(refund))} close={() => setAsked(false)}/> : null}
    </>;
}

function Timeline({timeline}: {timeline: OrderTimeline}) {
    const texts = useTexts(ORDER);
    const language = useLanguage();
    const entries = entriesOf(timeline);
    const created = first(entries, 'OrderCreated');
    return <ol className="tl">{drawn(entries).map((row, at) => row.draw === 'silence'
        ? <li key={`silence ${at}`} className="gap"><span>{texts.later(lasting(row.milliseconds, language))}</span></li>
        : <TimelineEntry key={`${row.entry.kind} ${row.entry.at}`} entry={row.entry} again={row.again} hidden={row.hidden} created={created}/>)}</ol>;
}

