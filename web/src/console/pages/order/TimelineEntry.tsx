import type {ReactNode} from 'react';

import {grouped, shownFen} from '../../money';
import {HOLD} from '../../parts/hold/dictionary';
import {Time, useMethodName} from '../../parts/shown';
import {useTexts} from '../../texts';
import {clock} from '../../time';
import {ORDER} from './dictionary';
import {Evidence} from './Folded';
import {REFUND_FACTS, learnt, saidOfRefund} from './refund-said';
import {differing, offOf, type Created, type Entry} from './model';
import {shownUnits} from './Story';

/** How an entry is drawn: a fact in the log, a notification or an answer, a person's act, a hold, money credited. */
export type Node = 'fact' | 'notice' | 'man' | 'hold' | 'good';

export interface Said {
    node: Node;
    title: ReactNode;
    by?: string;
    text?: ReactNode;
    evidence?: ReactNode;
}

/** An entry of the timeline with all that is like it. */
export function TimelineEntry({entry, again, hidden, created}: {entry: Entry; again: readonly Entry[]; hidden: number; created: Created | undefined}) {
    const texts = useTexts(ORDER);
    const said = useSaid(entry, created);
    const fact = entry.kind !== 'ProviderAnswer' && entry.kind !== 'Notification';
    const last = again.at(-1);
    return <li className={said.node}>
        <Time at={entry.at} as="fine"/>
        <span className="nd"/>
        <div className="bd">
            <div className="hd"><b>{said.title}</b><span className="src">{said.by ?? entry.source.split('/').at(-1)}</span></div>
            {said.text ? <p>{said.text}</p> : null}
            {last ? <p>{fact ? texts.againFact(again.length + hidden) : texts.againAnswer(again.length, clock(new Date(last.at)))}</p> : null}
            {differing(entry, again).map((money, at) => <p key={at} className="warnc">{texts.differs(shownUnits(money))}</p>)}
            {hidden > 0 && !(fact && last) ? <p className="t3">{texts.hidden(hidden)}</p> : null}
            {said.evidence}
        </div>
    </li>;
}

function useSaid(entry: Entry, created: Created | undefined): Said {
    const texts = useTexts(ORDER);
    const holds = useTexts(HOLD);
    const refunds = useTexts(REFUND_FACTS);
    const methodName = useMethodName();
    switch (entry.kind) {
        case 'OrderCreated': {
            const {money, purchase} = entry.data;
            return {node: 'fact', title: texts.eCreated(shownUnits(money), grouped(String(purchase.quota))), by: texts.byUser(purchase.user_id) as string};
        }
        case 'PaymentConfirmed': {
            const {provider, money, refunded, source, evidence} = entry.data;
            return {
                node: 'fact', title: texts.eConfirmed(methodName(provider), shownUnits(money)),
                text: refunded && refunded.minor_units > 0 ? texts.refundedBefore(shownUnits(refunded)) : undefined,
                evidence: <Evidence {...learnt(texts, source)} body={evidence.body}/>,
            };
        }
        case 'PaymentHeld': {
            const {off} = offOf(created, entry);
            const paid = shownUnits(entry.data.money);
            return {
                node: 'hold', title: texts.eHeld(holds[entry.data.reason]),
                text: off === undefined ? texts.heldPlain(paid)
                    : texts.heldOff(shownUnits(created!.data.money), paid, String((off < 0 ? texts.short : texts.over)(shownFen(Math.abs(off))))),
            };
        }
        case 'HoldResolved': {
            const {actor, reason, resolution} = entry.data;
            return {
                node: 'man', by: texts.byOperator(actor) as string, text: texts.said(reason),
                title: resolution.kind === 'CREDIT' ? texts.eReleased(actor, grouped(String(resolution.quota)), resolution.user_id) : texts.eRefund(actor),
            };
        }
        case 'QuotaCredited':
            return {node: 'good', title: texts.eCredited(grouped(String(entry.data.quota)), entry.data.user_id), text: entry.data.late ? texts.eLate : undefined};
        case 'OrderClosed':
            return {node: 'fact', title: texts.eClosed(texts[entry.data.reason])};
        case 'CheckRequested': {
            const payer = entry.data.actor === created?.data.purchase.user_id;
            return payer ? {node: 'man', title: texts.ePayerCheck, by: texts.byUser(entry.data.actor) as string}
                : {node: 'man', title: texts.eCheck(entry.data.actor), by: texts.byOperator(entry.data.actor) as string, text: texts.said(entry.data.reason)};
        }
        case 'CancelRequested':
            return {node: 'man', title: texts.eCancel(entry.data.actor), by: texts.byOperator(entry.data.actor) as string, text: texts.said(entry.data.reason)};
        case 'Notification': {
            const {verdict, provider, body, remote_address: from, reason} = entry.data;
            return {
                node: 'notice', title: verdict === 'FORGED' ? <span className="badc">{texts.FORGED}</span> : texts[verdict](methodName(provider)),
                evidence: <Evidence what={texts.notification} body={body} signed={verdict !== 'FORGED'} facts={[from, ...reason ? [`${texts.why}: ${reason}`] : []]}/>,
            };
        }
        case 'ProviderAnswer': {
            const {question, meaning, provider, body, reason} = entry.data;
            return {
                node: 'notice', title: texts[question](methodName(provider), texts[`m${meaning}`]),
                evidence: <Evidence what={texts.answer} body={body} facts={reason ? [`${texts.why}: ${reason}`] : []}/>,
            };
        }
        default: {
            const refund = saidOfRefund(entry, texts, refunds, methodName);
            if (refund) {
                return refund;
            }
            const other = entry as {kind: string; data: unknown};
            return {node: 'fact', title: texts.unknownKind(other.kind), evidence: <Evidence what={texts.record} body={JSON.stringify(other.data)}/>};
        }
    }
}
