import {shownFen} from '../../money';
import {REFUND} from '../../parts/refund/dictionary';
import {sums, type Refunds} from '../../parts/refund/model';
import {RefundItem} from '../../parts/refund/RefundItem';
import {useTexts} from '../../texts';

/** What was paid, refunded, is under way and left, and each refund. */
export function OrderRefunds({refunds, decided}: {refunds: Refunds; decided: () => void}) {
    const texts = useTexts(REFUND);
    const {paid, refunded, underWay, left} = sums(refunds.payments);
    return <section className="card refs" aria-labelledby="refunds">
        <h2 id="refunds" className="vh">{texts.section}</h2>
        {refunds.payments.length === 0 ? null : <dl className="ref-sums">
            {([[texts.paid, paid], [texts.refunded, refunded], [texts.underWay, underWay], [texts.canRefund, left]] as const).map(([name, fens]) =>
                <div key={name}><dt>{name}</dt><dd>{shownFen(fens)}</dd></div>)}
        </dl>}
        <ul className="refs beside">{[...refunds.refunds].reverse().map(refund => <RefundItem key={refund.refund_number} refund={refund} decided={decided}/>)}</ul>
    </section>;
}
