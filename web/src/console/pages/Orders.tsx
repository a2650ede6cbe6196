import {useState} from 'react';
import {Link, useLocation, useSearch} from 'wouter';

import {grouped} from '../money';
import {Icon, Mark} from '../parts/Icon';
import {Failed, Load, Rows} from '../parts/Load';
import {Empty, Title} from '../parts/Page';
import {Method, Money, Quota, StatusChip, Time} from '../parts/shown';
import {useTexts} from '../texts';
import {ORDERS} from './orders/dictionary';
import {Export} from './orders/Export';
import {isNumber, narrowed, read, written, type Filters} from './orders/filters';
import {FilterBar} from './orders/FilterBar';
import {useOrders, type OrderRow} from './orders/useOrders';

export default function OrdersPage() {
    const texts = useTexts(ORDERS);
    const [, go] = useLocation();
    const filters = read(useSearch());
    const narrow = (to: Filters) => go(`/orders${written(to)}`);
    const {first, rows, more, older, olderBusy, olderError} = useOrders(filters);
    const refresh = <button type="button" className="btn line" disabled={first.busy} onClick={first.retry}><Icon name="again" size={16}/>{texts.refresh}</button>;
    return <>
        <Title name={texts.title} acts={<><Export filters={filters}/>{refresh}</>} under={filters.text === '' ? null : <>
            {texts.found(filters.text)} <button type="button" className="link" onClick={() => narrow({...filters, text: ''})}>{texts.noSearch}</button></>}>{texts.title}</Title>
        <FilterBar filters={filters} narrow={narrow}/>
        <Load of={first} skeleton={<Rows count={10}/>}>{() => rows.length === 0 ? <None filters={filters}/> : <div className="list" aria-busy={first.busy}>
            <Table rows={rows}/>
            <Cards rows={rows}/>
            {olderError === undefined ? null : <Failed error={olderError} retry={older} older/>}
            <div className="pg">
                <span role="status">{(more ? texts.shown : texts.all)(grouped(String(rows.length)))}</span>
                {more ? <button type="button" className="btn line sm" disabled={olderBusy} onClick={older}>{olderBusy ? texts.olderBusy : texts.older}</button> : null}
            </div>
        </div>}</Load>
    </>;
}

function None({filters}: {filters: Filters}) {
    const texts = useTexts(ORDERS);
    if (!narrowed(filters)) {
        return <Empty icon="orders" title={texts.none}>{texts.noneHint}</Empty>;
    }
    return <Empty icon="search" title={texts.noMatch} act={isNumber(filters.text) ? <Link className="btn line" href={`/orders/${encodeURIComponent(filters.text)}`}>{texts.known}</Link> : null}>
        {texts.noMatchHint}</Empty>;
}

function Late({order}: {order: OrderRow}) {
    const texts = useTexts(ORDERS);
    return order.late ? <span className="tag late" title={texts.lateHint}>{texts.late}</span> : null;
}

function Table({rows}: {rows: readonly OrderRow[]}) {
    const texts = useTexts(ORDERS);
    const [now] = useState(() => Date.now());
    return <div className="tbl card wide-t"><table>
        <caption className="vh">{texts.caption}</caption>
        <thead><tr>
            <th scope="col">{texts.number}</th><th scope="col" className="hide-m">{texts.user}</th><th scope="col">{texts.method}</th><th scope="col">{texts.status}</th>
            <th scope="col" className="r">{texts.money}</th><th scope="col" className="r hide-m">{texts.quota}</th><th scope="col" className="r">{texts.placed}</th>
        </tr></thead>
        <tbody>{rows.map(order => <tr key={order.order_id}>
            <td><Link className="mono" href={`/orders/${order.order_id}`}>{order.order_id}</Link></td>
            <td className="hide-m">{order.user_id}</td>
            <td><Method of={order.payment_method}/></td>
            <td><span className="chips"><StatusChip status={order.status}/><Late order={order}/></span></td>
            <td className="r"><b><Money of={order.money}/></b></td>
            <td className="r t2 hide-m"><Quota of={Number(order.quota)} bare/></td>
            <td className="r t3"><Time at={order.created_at} now={now}/></td>
        </tr>)}</tbody>
    </table></div>;
}

function Cards({rows}: {rows: readonly OrderRow[]}) {
    return <ul className="cards card">{rows.map(order => <li key={order.order_id}>
        <Mark method={order.payment_method} size={24}/><b><Money of={order.money}/></b><span className="chips"><Late order={order}/><StatusChip status={order.status}/></span>
        <span className="mono"><Link className="over" href={`/orders/${order.order_id}`}>{order.order_id}</Link> · <Time at={order.created_at}/></span>
    </li>)}</ul>;
}
