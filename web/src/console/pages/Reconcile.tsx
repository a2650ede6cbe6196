import {useCallback, useState} from 'react';
import {Link} from 'wouter';

import {shown} from '../money';
import {Icon} from '../parts/Icon';
import {Load, Rows} from '../parts/Load';
import {Empty, Title} from '../parts/Page';
import {Chip, Method} from '../parts/shown';
import {useData} from '../parts/useData';
import {api} from '../session';
import {useTexts} from '../texts';
import {beijing} from '../time';
import {later, loadDays, type Day} from './reconcile/books';
import {RECONCILE} from './reconcile/dictionary';
import './reconcile/reconcile.css';

const EVERY_MS = 60_000;
/** How many days a page of the list has. */
const DAYS = 31;

/** The days of all accounts, the latest first. */
export default function Reconcile() {
    const texts = useTexts(RECONCILE);
    const [back, setBack] = useState(0);
    const to = later(beijing(new Date(api.now())).slice(0, 10), -back * DAYS);
    const from = later(to, 1 - DAYS);
    const loaded = useData(useCallback((signal: AbortSignal) => loadDays(from, to, signal), [from, to]), EVERY_MS);
    return <>
        <Title under={texts.under(from, to)} acts={<>
            <button type="button" className="btn line" onClick={() => setBack(back + 1)}><Icon name="left" size={16}/>{texts.earlier}</button>
            <button type="button" className="btn line" disabled={back === 0} onClick={() => setBack(back - 1)}>{texts.newer}<Icon name="right" size={16}/></button>
        </>}>{texts.title}</Title>
        <Load of={loaded} skeleton={<Rows count={8}/>}>{({items}) => items.length === 0 ? <Empty icon="books" title={texts.none}>{texts.noneHint}</Empty>
            : <section className="tbl card days"><table>
                <caption className="vh">{texts.title}</caption>
                <thead><tr><th scope="col">{texts.day}</th><th scope="col">{texts.method}</th><th scope="col">{texts.state}</th>
                    {[texts.paid, texts.refunded, texts.fee, texts.net].map(name => <th key={name} scope="col" className="r">{name}</th>)}</tr></thead>
                <tbody>{items.map(day => <Row key={`${day.provider} ${day.account} ${day.day}`} day={day}/>)}</tbody>
            </table></section>}</Load>
    </>;
}

function Row({day}: {day: Day}) {
    const texts = useTexts(RECONCILE);
    const {bill} = day;
    const cells = [[texts.paid, bill?.paid], [texts.refunded, bill?.refunded], [texts.fee, bill?.sums.fee], [texts.net, bill?.sums.net]] as const;
    return <tr>
        <th scope="row"><Link href={`/reconcile/${day.provider}/${day.day}`}>{day.day}</Link></th>
        <td><Method of={day.provider}/></td>
        <td><StateChip day={day}/></td>
        {cells.map(([name, money]) => <td key={name} className="r" data-name={name}>{money === undefined ? <span className="t3">–</span> : shown(money)}</td>)}
    </tr>;
}

/** Whether the day agrees, waits for its bill, or for an operator. */
export function StateChip({day}: {day: Pick<Day, 'state' | 'open'>}) {
    const texts = useTexts(RECONCILE);
    return day.open > 0 ? <Chip kind="warn">{texts.toDecide(day.open) as string}</Chip> : day.state === 'OPEN' ? <Chip kind="">{texts.waits}</Chip>
        : day.state === 'STORED' ? <Chip kind="info">{texts.comparing}</Chip> : day.state === 'EMPTY' ? <Chip kind="">{texts.empty}</Chip> : <Chip kind="ok">{texts.agrees}</Chip>;
}
