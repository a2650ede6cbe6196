import {useCallback, useState} from 'react';

import {shownFen, sum} from '../money';
import {Load, Rows} from '../parts/Load';
import {Empty, Note, Title} from '../parts/Page';
import {REFUND} from '../parts/refund/dictionary';
import {RefundItem} from '../parts/refund/RefundItem';
import {useData} from '../parts/useData';
import {api, useSession} from '../session';
import {useTexts} from '../texts';
import {REFUNDS} from './refunds/dictionary';

const EVERY_MS = 15_000;
/** As many as the server shows. */
const MOST_SHOWN = 200;

/** The refunds that wait for an operator, or the newest ones. */
export default function Refunds() {
    const texts = useTexts(REFUNDS);
    const refundTexts = useTexts(REFUND);
    const session = useSession();
    const [all, setAll] = useState(false);
    const [said, setSaid] = useState(false);
    const loaded = useData(useCallback(async (signal: AbortSignal) => ({all, refunds: await api.get('/api/topup/refunds', {query: {all}, signal})}), [all]), EVERY_MS);
    const may = session.state === 'in' && session.self.roles.includes('operator');
    const open = loaded.data && !loaded.data.all ? loaded.data.refunds : [];
    return <>
        <Title under={open.length > 0 ? texts.under(shownFen(sum(open.map(refund => refund.money))), open.length) : texts.underNone} acts={
            <div className="seg" role="group" aria-label={texts.which}>{[false, true].map(which =>
                <button key={String(which)} type="button" aria-pressed={which === all} onClick={() => setAll(which)}>{which ? texts.all : texts.open}</button>)}</div>}>{texts.title}</Title>
        <div role="status">{said ? <Note kind="ok">{refundTexts.decided}</Note> : null}</div>
        {may || open.length === 0 ? null : <Note>{texts.auditor}</Note>}
        <Load of={loaded} skeleton={<Rows count={3} height={112}/>}>{({all: newest, refunds}) => refunds.length === 0
            ? <Empty icon={newest ? 'back' : 'check'} title={newest ? texts.noneAtAll : texts.none}>{texts.noneHint}</Empty>
            : <div className="list" aria-busy={newest !== all}>
                <ul className="card refs">{refunds.map(refund => <RefundItem key={`${refund.payment.order_id} ${refund.refund_number}`} refund={refund} linked decided={() => {
                    setSaid(true);
                    loaded.retry();
                }}/>)}</ul>
                {refunds.length >= MOST_SHOWN ? <Note>{texts.most(MOST_SHOWN)}</Note> : null}
            </div>}</Load>
    </>;
}
