import {useRef, useState} from 'react';

import {grouped} from '../../money';
import {Icon} from '../../parts/Icon';
import {supportCode} from '../../numbers';
import {useTexts} from '../../texts';
import {line, MOST_ROWS, readAll, ROWS_AT_ONCE, save} from './csv';
import {ORDERS} from './dictionary';
import type {Filters} from './filters';
import {loadOrders, type OrderRow} from './useOrders';

const HEAD = ['order_id', 'support_code', 'user_id', 'payment_method', 'status', 'money', 'quota', 'late', 'created_at', 'transaction_id'];
const row = (order: OrderRow) => line([order.order_id, supportCode(order.order_id), order.user_id, order.payment_method, order.status, order.money, Number(order.quota),
    order.late, order.created_at, order.transaction_id]);

/** Saves what the filters narrow to, page by page, up to a limit. */
export function Export({filters}: {filters: Filters}) {
    const texts = useTexts(ORDERS);
    const [count, setCount] = useState<number | null>(null);
    const [said, setSaid] = useState('');
    const stop = useRef<AbortController | null>(null);
    const run = async () => {
        const mine = stop.current = new AbortController();
        const lines = [line(HEAD)];
        setSaid('');
        setCount(0);
        try {
            const left = await readAll<OrderRow>(after => loadOrders(filters, ROWS_AT_ONCE, after, mine.signal), (rows, so) => {
                lines.push(...rows.map(row));
                setCount(so);
            });
            save(`sluice-orders-${new Date().toISOString().slice(0, 16).replace(/[T:]/g, '-')}.csv`, lines);
            const rows = grouped(String(lines.length - 1));
            setSaid((left ? texts.savedMost(grouped(String(MOST_ROWS))) : texts.saved(rows)) as string);
        } catch {
            setSaid(mine.signal.aborted ? '' : texts.saveFailed);
        }
        setCount(null);
    };
    return <>
        <span role="status" className="t2 sm-t save-said">{count === null ? said : texts.saving(grouped(String(count)))}</span>
        {count === null
            ? <button type="button" className="btn line" onClick={run}><Icon name="save" size={16}/>{texts.save}</button>
            : <button type="button" className="btn line" onClick={() => stop.current?.abort()}>{texts.stop}</button>}
    </>;
}
