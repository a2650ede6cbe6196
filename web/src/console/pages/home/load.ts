import type {Data} from '../../../api/client';
import type {OpenHold} from '../../parts/hold/HoldCard';
import {api} from '../../session';
import type {Refund} from '../../parts/refund/model';
import type {Figures} from './figures';

export type Alerts = Data<'/api/topup/alerts', 'get'>;

export interface Home {
    figures: Figures;
    holds: readonly OpenHold[];
    /** Those that wait for an operator. */
    refunds: readonly Refund[];
    /** Nothing when they did not come: the figures are shown all the same. */
    alerts: Alerts | null;
    /** The server's time. */
    at: number;
}

/** How many days of figures the home page shows at most. */
export const MONTH = 30;

export async function loadHome(signal: AbortSignal): Promise<Home> {
    const [figures, alerts, refunds] = await Promise.all([api.get('/api/topup/figures', {query: {days: MONTH}, signal}), api.get('/api/topup/alerts', {signal}).catch(() => null),
        api.get('/api/topup/refunds', {signal})]);
    return {figures, alerts, refunds, holds: figures.open_holds > 0 ? await api.get('/api/topup/holds', {signal}) : [], at: api.now()};
}
